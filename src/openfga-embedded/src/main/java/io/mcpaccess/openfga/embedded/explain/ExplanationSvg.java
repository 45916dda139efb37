package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.embedded.model.ModelLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explanations as a picture: the answer on top, below it a box for each step, with arrows between them; at its foot, beside each
 * other, what would allow.
 */
final class ExplanationSvg {

    private static final int WIDTH = 860;
    private static final int BOX = 46;
    private static final int GAP = 18;
    private static final int INDENTATION = 26;
    private static final int LONGEST = 105;

    private ExplanationSvg() {}

    private record Box(int level, String color, String text, String note) {}

    static String write(Explanation explanation) {
        List<Box> boxes = boxes(explanation);
        AlternativesSvg alternatives = new AlternativesSvg(explanation.missing(), GAP + INDENTATION, WIDTH - GAP);
        int below = GAP + boxes.size() * (BOX + GAP);
        int height = below + alternatives.height();
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"")
                .append(WIDTH)
                .append("\" height=\"")
                .append(height)
                .append("\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(height)
                .append("\" font-family=\"sans-serif\" font-size=\"14\">\n<title>")
                .append(escape(ExplanationText.headline(explanation)))
                .append("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (int i = 0; i < boxes.size(); i++) {
            int y = GAP + i * (BOX + GAP);
            if (i > 0) {
                arrow(svg, x(boxes.get(i)) + GAP, y);
            }
            box(svg, boxes.get(i), y);
        }
        alternatives.write(svg, below);
        return svg.append("</svg>\n").toString();
    }

    private static List<Box> boxes(Explanation explanation) {
        List<Box> boxes = new ArrayList<>();
        String color = switch (explanation.answer()) {
            case ALLOW -> "#1b7f3b";
            case DENY -> "#b3261e";
            case ERROR -> "#8a6100";
        };
        boxes.add(new Box(0, color, ExplanationText.headline(explanation), ""));
        explanation.path().forEach(step -> boxes.add(box(step, 1, "#1b7f3b")));
        explanation.blocked().forEach(blocked -> {
            boxes.add(new Box(1, "#b3261e", "Blocked: " + blocked.text(), note(blocked.line())));
            blocked.because().forEach(step -> boxes.add(box(step, 2, "#b3261e")));
        });
        explanation
                .conditions()
                .forEach(failed ->
                        boxes.add(new Box(1, "#8a6100", condition(failed), ExplanationText.tuple(failed.tuple()))));
        return boxes;
    }

    private static String condition(FailedCondition failed) {
        if (failed.expired().isPresent()) {
            return "Condition " + failed.condition() + ": expired at "
                    + failed.expired().get();
        }
        return "Condition " + failed.condition()
                + (failed.problem() == FailedCondition.Problem.NOT_MET ? " is not met" : " cannot be decided")
                + (failed.parameters().isEmpty() ? "" : ": " + String.join(", ", failed.parameters()));
    }

    private static Box box(ProofStep step, int indentation, String color) {
        return new Box(step.level() + indentation, color, step.text(), note(step.line()));
    }

    private static String note(Optional<ModelLine> line) {
        return line.map(place -> "model line " + place.number() + ": " + place.text())
                .orElse("");
    }

    private static int x(Box box) {
        return GAP + Math.min(box.level(), 12) * INDENTATION;
    }

    private static void arrow(StringBuilder svg, int x, int y) {
        svg.append("<path d=\"M")
                .append(x)
                .append(' ')
                .append(y - GAP)
                .append("v")
                .append(GAP - 4)
                .append("m-4 -5l4 5l4 -5\" fill=\"none\" stroke=\"#555555\"/>\n");
    }

    private static void box(StringBuilder svg, Box box, int y) {
        int x = x(box);
        svg.append("<rect x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" width=\"")
                .append(WIDTH - x - GAP)
                .append("\" height=\"")
                .append(BOX)
                .append("\" rx=\"6\" fill=\"#f7f7f9\" stroke=\"")
                .append(box.color())
                .append("\"/>\n");
        text(svg, x, y + (box.note().isEmpty() ? 28 : 20), box.text(), "#1c1c1e", 14);
        if (!box.note().isEmpty()) {
            text(svg, x, y + 37, box.note(), "#5f6368", 12);
        }
    }

    private static void text(StringBuilder svg, int x, int y, String text, String color, int size) {
        svg.append("<text x=\"")
                .append(x + 10)
                .append("\" y=\"")
                .append(y)
                .append("\" fill=\"")
                .append(color)
                .append("\" font-size=\"")
                .append(size)
                .append("\">")
                .append(escape(shortened(text, LONGEST)))
                .append("</text>\n");
    }

    static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, Math.max(0, longest - 1)) + "…";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\p{Cntrl}\\x{FFFE}\\x{FFFF}]", " ");
    }
}
