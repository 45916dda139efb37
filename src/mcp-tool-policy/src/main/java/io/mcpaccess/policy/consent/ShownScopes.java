package io.mcpaccess.policy.consent;

import io.mcpaccess.policy.am.RequestedTools.RequestedTool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which scopes a consent page has shown, and with which tools, as its form sends it back. AM up to 4.12 saves an approval for
 * whatever scope the form names, so that a scope was named says nothing.
 *
 * @param digests one for each scope of the page
 */
record ShownScopes(Set<String> digests) {

    /** What stands between digests; none has it. */
    static final String SEPARATOR = ".";

    /** 128 bits: the field of a page with 250 scopes stays below the 8 KB that AM's server takes of one. */
    private static final int LENGTH = 22;

    /** Copies what it is given. */
    ShownScopes {
        digests = Set.copyOf(digests);
    }

    /**
     * Reads the form's field.
     *
     * @param field what {@link ConsentPage#shown()} gave
     * @return the scopes
     */
    static ShownScopes read(String field) {
        return new ShownScopes(new TreeSet<>(List.of(field.split("\\" + SEPARATOR))));
    }

    /**
     * Whether a scope was on the page as it is now.
     *
     * @param scope the scope
     * @param behind the tools that it stands for
     * @return {@code false} too where a tool came, went or reads differently since
     */
    boolean has(String scope, List<RequestedTool> behind) {
        return digests.contains(digest(scope, behind));
    }

    /**
     * A scope with its tools, in short.
     *
     * @param scope the scope
     * @param behind the tools that it stands for, in any order
     * @return a digest of the scope, its tools, their scopes and their descriptions
     */
    static String digest(String scope, List<RequestedTool> behind) {
        List<String> parts = new ArrayList<>(List.of(scope));
        behind.stream()
                .sorted(Comparator.comparing(
                                (RequestedTool each) -> each.server().clientId())
                        .thenComparing(each -> each.tool().key()))
                .forEach(each -> {
                    parts.add(each.server().clientId());
                    parts.add(each.tool().key());
                    parts.add(each.tool().description());
                    parts.add(String.join(" ", new TreeSet<>(each.tool().scopes())));
                });
        return ConsentLedger.digest(parts).substring(0, LENGTH);
    }
}
