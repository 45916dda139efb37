package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A store file whose tuples are a plain list.
 *
 * @param line where {@code tuples:} stands, counted from 1
 * @param tuples the list
 */
record PlainStore(int line, PlainTuples tuples) {

    private static final Pattern TUPLES = Pattern.compile("tuples: *");
    private static final Pattern BLOCK = Pattern.compile("model: +\\|[+-]? *");
    private static final Pattern WORD = Pattern.compile("(name|model_file|tuple_file): +[A-Za-z][A-Za-z0-9 ._-]*");
    private static final Pattern OTHER_BREAKS = Pattern.compile("[\\r\\x85\\u2028\\u2029]");

    /**
     * Looks for the list.
     *
     * @param file its name, for places
     * @param text what it holds
     * @param yaml reads conditions
     * @return nothing where the whole file is for the reader of YAML
     */
    static Optional<PlainStore> of(String file, String text, ObjectMapper yaml) {
        boolean isInBlock = false;
        int number = 1;
        for (int at = 0; at < text.length(); number++) {
            int newline = text.indexOf('\n', at);
            int next = newline < 0 ? text.length() : newline + 1;
            String line = text.substring(at, newline < 0 ? next : newline);
            if (line.endsWith("\r")) {
                line = line.substring(0, line.length() - 1);
            }
            if (TUPLES.matcher(line).matches()) {
                return without(file, text, next, number, yaml);
            }
            boolean isBlock = BLOCK.matcher(line).matches();
            if (!isBlock && !isKnown(line, isInBlock)) {
                return Optional.empty();
            }
            isInBlock = isBlock || isInBlock && (line.isBlank() || line.startsWith(" "));
            at = next;
        }
        return Optional.empty();
    }

    /** Whether a line before the list is such that the list cannot be part of anything that begins in it. */
    private static boolean isKnown(String line, boolean isInBlock) {
        boolean isInside = line.isBlank() || isInBlock && line.startsWith(" ");
        return !OTHER_BREAKS.matcher(line).find()
                && (isInside || line.startsWith("#") || WORD.matcher(line).matches());
    }

    private static Optional<PlainStore> without(String file, String text, int from, int line, ObjectMapper yaml) {
        return PlainTuples.at(file, text, from, line + 1, yaml).map(tuples -> new PlainStore(line, tuples));
    }
}
