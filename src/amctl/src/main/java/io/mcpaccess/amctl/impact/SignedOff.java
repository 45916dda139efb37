package io.mcpaccess.amctl.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The changes that somebody has agreed to, one a line: {@code gains user:alice refund_invoice}. A star stands for any subject or
 * any tool; what stands behind a number sign, and empty lines, are for people.
 */
public final class SignedOff {

    private final List<String[]> lines;

    private SignedOff(List<String[]> lines) {
        this.lines = lines;
    }

    /** Nothing is agreed to. */
    public static final SignedOff NOTHING = new SignedOff(List.of());

    /**
     * Reads a file's text.
     *
     * @param text the text
     * @return what is agreed to
     * @throws IllegalArgumentException for a line that is none; the message has its number
     */
    public static SignedOff read(String text) {
        List<String[]> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String content = line.replaceFirst("(^|\\s)#.*", "").strip();
            if (content.isEmpty()) {
                continue;
            }
            String[] words = content.split("\\s+");
            if (words.length != 3 || !List.of("gains", "loses", "changes").contains(words[0])) {
                throw new IllegalArgumentException(
                        "line " + number + " is not CHANGE SUBJECT TOOL, such as: gains user:alice refund_invoice");
            }
            lines.add(words);
        }
        return new SignedOff(List.copyOf(lines));
    }

    /**
     * The first change that nobody has agreed to.
     *
     * @param impact the lines of an impact
     * @param rule which changes have to be agreed to
     * @return the line; empty where all is well
     */
    public Optional<ImpactLine> missing(List<ImpactLine> impact, FailRule rule) {
        return impact.stream()
                .filter(line -> rule.concerns(line.change()))
                .filter(line -> lines.stream().noneMatch(agreed -> matches(agreed, line)))
                .findFirst();
    }

    private static boolean matches(String[] agreed, ImpactLine line) {
        return agreed[0].equals(line.change())
                && (agreed[1].equals("*") || agreed[1].equals(line.subject()))
                && (agreed[2].equals("*")
                        || agreed[2].equals(line.tool())
                        || agreed[2].equals(line.server() + "/" + line.tool()));
    }
}
