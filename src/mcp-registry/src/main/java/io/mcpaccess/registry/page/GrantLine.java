package io.mcpaccess.registry.page;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands that write tuples. A name that a shell would read as something else is quoted. */
final class GrantLine {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_:/@.%+=,-]+");

    private GrantLine() {}

    /**
     * The command line for some tuples.
     *
     * @param domainId the domain
     * @param tuples each with {@code user}, {@code relation} and {@code object}
     * @return a line for each, joined so that the first that fails ends it
     */
    static String of(String domainId, List<Map<String, Object>> tuples) {
        return tuples.stream()
                .map(tuple -> Stream.of(
                                "amctl",
                                "grant",
                                domainId,
                                part(tuple, "user"),
                                part(tuple, "relation"),
                                part(tuple, "object"))
                        .map(GrantLine::quoted)
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" &&\n"));
    }

    private static String part(Map<String, Object> tuple, String name) {
        return String.valueOf(tuple.get(name));
    }

    static String quoted(String word) {
        return PLAIN.matcher(word).matches() && !word.startsWith("-") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
