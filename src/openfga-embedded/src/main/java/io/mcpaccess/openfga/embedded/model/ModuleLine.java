package io.mcpaccess.openfga.embedded.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that begins the file of a module: {@code module NAME}, a comment may follow.
 *
 * @param name what stands where the name should be; may be empty
 * @param isWhole whether that is a name, and all but a comment that the line has
 */
public record ModuleLine(String name, boolean isWhole) {

    private static final Pattern LINE = Pattern.compile("\\s*module\\b(\\s*)([^\\s#]*)\\s*(.*)");
    private static final Pattern NAME = Pattern.compile("[\\w-]+");

    /**
     * Reads the first line of a text that says something.
     *
     * @param text in the modelling language
     * @return empty where the text begins otherwise, or says nothing
     */
    public static Optional<ModuleLine> first(String text) {
        return text.lines().filter(line -> !isSilent(line)).findFirst().flatMap(ModuleLine::of);
    }

    /**
     * Reads a line.
     *
     * @param line one of the modelling language
     * @return empty where it begins otherwise
     */
    static Optional<ModuleLine> of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group(3);
        boolean isWhole = !matcher.group(1).isEmpty()
                && NAME.matcher(matcher.group(2)).matches()
                && (rest.isEmpty() || rest.startsWith("#"));
        return Optional.of(new ModuleLine(matcher.group(2), isWhole));
    }

    /** Whether a line of the modelling language is blank or a comment. */
    static boolean isSilent(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }
}
