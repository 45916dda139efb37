package io.mcpaccess.core.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Lines for a spreadsheet (RFC 4180), every cell in quotation marks. Names come from strangers: a cell that a spreadsheet would
 * take for a formula gets an apostrophe in front, and what cannot be seen is written out, line breaks too.
 *
 * <p>Not for several threads.
 */
public final class CsvLines {

    private static final String FORMULA_STARTS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private final StringBuilder out = new StringBuilder();

    /**
     * Adds a line.
     *
     * @param cells what stands in it
     */
    public void add(String... cells) {
        out.append(Arrays.stream(cells)
                        .map(cell -> '"' + harmless(cell).replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .append("\r\n");
    }

    /**
     * A text that no spreadsheet takes for a formula and no terminal obeys.
     *
     * @param text any text
     * @return the same where it is harmless already
     */
    public static String harmless(String text) {
        String visible = Printable.writtenOut(
                text, c -> !Printable.isVisible(c) || Character.getType(c) == Character.PRIVATE_USE);
        String start = visible.stripLeading();
        return !start.isEmpty() && FORMULA_STARTS.indexOf(start.charAt(0)) >= 0 ? "'" + visible : visible;
    }

    /** The lines, each ended by CR LF. */
    @Override
    public String toString() {
        return out.toString();
    }
}
