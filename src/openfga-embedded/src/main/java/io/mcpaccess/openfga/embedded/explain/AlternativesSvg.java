package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import java.util.ArrayList;
import java.util.List;

/** What would allow, as boxes beside each other, each marked "one of these": any one is enough, and none comes first. */
final class AlternativesSvg {

    private static final int ABREAST = 3;
    private static final int GAP = 18;
    private static final int LINE = 19;
    private static final int PADDING = 12;
    private static final int WIDTH_OF_A_CHARACTER = 8;
    private static final String COLOR = "#3a5a98";

    private final List<List<StoredTuple>> alternatives;
    private final int left;
    private final int width;

    /**
     * Boxes in a column of the picture.
     *
     * @param alternatives sets of tuples
     * @param left where the column begins
     * @param right where it ends
     */
    AlternativesSvg(List<List<StoredTuple>> alternatives, int left, int right) {
        this.alternatives = alternatives;
        this.left = left;
        int abreast = Math.max(1, Math.min(ABREAST, alternatives.size()));
        this.width = (right - left - (abreast - 1) * GAP) / abreast;
    }

    /** How high all boxes are together, with the gaps below them. */
    int height() {
        int height = 0;
        for (int row = 0; row < alternatives.size(); row += ABREAST) {
            height += heightOfRow(row) + GAP;
        }
        return height;
    }

    private int heightOfRow(int first) {
        int most = 0;
        for (int i = first; i < Math.min(alternatives.size(), first + ABREAST); i++) {
            most = Math.max(most, lines(alternatives.get(i)).size());
        }
        return most * LINE + 2 * PADDING;
    }

    void write(StringBuilder svg, int top) {
        int y = top;
        for (int row = 0; row < alternatives.size(); row += ABREAST) {
            int height = heightOfRow(row);
            for (int i = row; i < Math.min(alternatives.size(), row + ABREAST); i++) {
                box(svg, left + (i - row) * (width + GAP), y, height, lines(alternatives.get(i)));
            }
            y += height + GAP;
        }
    }

    private List<String> lines(List<StoredTuple> tuples) {
        List<String> lines = new ArrayList<>();
        lines.add(alternatives.size() == 1 ? "this would allow it" : "one of these");
        for (int i = 0; i < tuples.size(); i++) {
            StoredTuple tuple = tuples.get(i);
            lines.add((i == 0 ? "add " : "and ") + tuple.key().user());
            lines.add("  " + tuple.key().relation());
            lines.add("  " + tuple.key().object());
            tuple.condition().ifPresent(condition -> lines.add("  with " + condition.name()));
        }
        return lines;
    }

    private void box(StringBuilder svg, int x, int y, int height, List<String> lines) {
        svg.append(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#f7f7f9\" stroke=\"%s\" stroke-dasharray=\"6 4\"/>\n"
                        .formatted(x, y, width, height, COLOR));
        for (int i = 0; i < lines.size(); i++) {
            boolean isMark = i == 0;
            int indentation = lines.get(i).startsWith("  ") ? 2 * PADDING : PADDING;
            int longest = (width - indentation - PADDING) / WIDTH_OF_A_CHARACTER;
            svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\" font-size=\"%d\"%s>"
                            .formatted(
                                    x + indentation,
                                    y + PADDING + (i + 1) * LINE - 5,
                                    isMark ? COLOR : "#1c1c1e",
                                    isMark ? 12 : 14,
                                    isMark ? " font-weight=\"bold\"" : ""))
                    .append(ExplanationSvg.escape(
                            ExplanationSvg.shortened(lines.get(i).strip(), longest)))
                    .append("</text>\n");
        }
    }
}
