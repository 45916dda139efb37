package io.mcpaccess.guard.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells whether a lenient reader could take a member for one that it is not. Go's decoder does not look at case, and
 * folds as Unicode does ({@code ſ} is {@code s}); others take {@code meta} for {@code _meta}, or end a name at a NUL. Two
 * names are alike here when nothing but letters and digits is left of them, in compatibility form, without accents and
 * without case, and they are the same then.
 */
public final class MemberNames {
    private MemberNames() {}

    /**
     * @param object any value
     * @param reserved names that count here
     * @return whether the value is an object with a member that is like a reserved one without being it
     */
    public static boolean hasLookalike(JsonNode object, Set<String> reserved) {
        Set<String> folded = reserved.stream().map(MemberNames::folded).collect(Collectors.toSet());
        int longest = folded.stream().mapToInt(String::length).max().orElse(0);
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            boolean exact = reserved.contains(name);
            if (!exact && (name.indexOf('\0') >= 0 || folded.contains(folded(name, longest + 1)))) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param name a name
     * @param reserved another
     * @return whether a lenient reader could take the name for the other, or it is the other
     */
    public static boolean isLike(String name, String reserved) {
        String folded = folded(reserved);
        return folded(name, folded.length() + 1).equals(folded);
    }

    /**
     * @param name a name
     * @param prefix how reserved names begin
     * @return whether a lenient reader could take the name for one that begins so, or it does
     */
    public static boolean beginsLike(String name, String prefix) {
        String folded = folded(prefix);
        return folded(name, folded.length()).startsWith(folded);
    }

    /**
     * @param name a name
     * @return what is left of it for a reader that looks at letters and digits alone
     */
    static String folded(String name) {
        return folded(name, Integer.MAX_VALUE);
    }

    /** One code point at a time: nothing has to be put in order, so a long name costs no more than its length. */
    private static String folded(String name, int most) {
        StringBuilder kept = new StringBuilder();
        name.codePoints().takeWhile(one -> kept.length() < most).forEach(one -> {
            if (one < 128) {
                keep(Character.toLowerCase(one), kept);
            } else {
                String upper = decomposed(Character.toString(one)).toUpperCase(Locale.ROOT);
                decomposed(upper.toLowerCase(Locale.ROOT)).codePoints().forEach(part -> keep(part, kept));
            }
        });
        return kept.toString();
    }

    private static String decomposed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD);
    }

    private static void keep(int codePoint, StringBuilder kept) {
        if (Character.isLetterOrDigit(codePoint)) {
            kept.appendCodePoint(codePoint);
        }
    }
}
