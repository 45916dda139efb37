package io.mcpaccess.openfga;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who wrote a name that does not exist. */
public final class Spelling {

    private static final int LONGEST = 100;

    private Spelling() {}

    /**
     * The name that a wrong one stands for most likely: at most a third of its letters differ, capital letters aside.
     *
     * @param written what was written
     * @param names what could have been meant
     * @return one of the names; empty when none comes near
     */
    public static Optional<String> nearest(String written, Collection<String> names) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String text = plain(written);
        return names.stream()
                .filter(name -> distance(text, plain(name)) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt((String name) -> distance(text, plain(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
    }

    /** Letters that must be added, taken out or replaced (Levenshtein). */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int i = 0; i <= other.length(); i++) {
            before[i] = i;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] now = new int[other.length() + 1];
            now[0] = row;
            for (int i = 1; i <= other.length(); i++) {
                int replaced = before[i - 1] + (one.charAt(row - 1) == other.charAt(i - 1) ? 0 : 1);
                now[i] = Math.min(replaced, 1 + Math.min(before[i], now[i - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
