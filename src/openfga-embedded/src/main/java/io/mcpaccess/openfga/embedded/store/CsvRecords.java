package io.mcpaccess.openfga.embedded.store;

import java.util.ArrayList;
import java.util.List;

/** The records of a text in CSV (RFC 4180), each with the line that it begins in. For one thread. */
final class CsvRecords {

    private final String text;
    private int at;
    private int line = 1;

    CsvRecords(String text) {
        this.text = text;
    }

    /**
     * A record.
     *
     * @param line where it begins, counted from 1
     * @param values without quotes and the white space around
     * @param isOpen whether the text ends within a quoted value
     */
    record Row(int line, List<String> values, boolean isOpen) {

        /** Whether it is an empty line. */
        boolean isBlank() {
            return values.size() == 1 && values.get(0).isEmpty();
        }
    }

    /** The next record, or null at the end. */
    Row next() {
        if (at >= text.length()) {
            return null;
        }
        int begin = line;
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        while (at < text.length()) {
            char c = text.charAt(at++);
            boolean ends = c == '\n' || (c == '\r' && !text.startsWith("\n", at));
            line += ends ? 1 : 0;
            if (quoted && c == '"' && text.startsWith("\"", at)) {
                value.append(c);
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                values.add(value.toString().strip());
                value.setLength(0);
            } else if (ends && !quoted) {
                break;
            } else {
                value.append(c);
            }
        }
        values.add(value.toString().strip());
        return new Row(begin, values, quoted);
    }
}
