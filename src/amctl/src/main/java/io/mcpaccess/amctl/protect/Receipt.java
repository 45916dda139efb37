package io.mcpaccess.amctl.protect;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was put in beside flows and form, which say it themselves. It stands in the description of each step that was put in,
 * where an administrator sees it too; so there is no file that could get lost.
 *
 * @param engine AM's id of the engine that was put in
 * @param switches the domain's switches that were off before
 */
public record Receipt(Optional<String> engine, Set<String> switches) {
    private static final String INTRODUCTION = "Put in by amctl protect; amctl protect --undo takes it back.";
    private static final Pattern TEXT =
            Pattern.compile(Pattern.quote(INTRODUCTION) + "(?: \\[engine=([A-Za-z0-9-]*) switches=([A-Za-z,]*)])?");

    /** Nothing beside flows and form. */
    public static final Receipt NONE = new Receipt(Optional.empty(), Set.of());

    /** Takes a copy. */
    public Receipt {
        switches = Set.copyOf(switches);
    }

    /**
     * Whether there is something to remember.
     *
     * @return whether an engine or a switch was put in
     */
    public boolean isEmpty() {
        return engine.isEmpty() && switches.isEmpty();
    }

    /**
     * The receipt as a step's description.
     *
     * @return the text
     */
    public String text() {
        return isEmpty()
                ? INTRODUCTION
                : INTRODUCTION + " [engine=" + engine.orElse("") + " switches="
                        + String.join(",", new TreeSet<>(switches)) + "]";
    }

    /**
     * Reads a description.
     *
     * @param description of a step, may be null
     * @return the receipt, empty where the step is somebody else's
     */
    public static Optional<Receipt> read(String description) {
        Matcher matcher = TEXT.matcher(description == null ? "" : description);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Receipt(
                Optional.ofNullable(matcher.group(1)).filter(id -> !id.isEmpty()),
                Arrays.stream(Optional.ofNullable(matcher.group(2)).orElse("").split(","))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet())));
    }

    /**
     * Both together.
     *
     * @param other another receipt of the same domain
     * @return what either says
     */
    public Receipt and(Receipt other) {
        Set<String> all = new TreeSet<>(switches);
        all.addAll(other.switches);
        return new Receipt(other.engine.or(() -> engine), all);
    }
}
