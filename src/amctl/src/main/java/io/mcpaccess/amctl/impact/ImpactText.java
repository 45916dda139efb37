package io.mcpaccess.amctl.impact;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.core.text.CsvLines;
import java.util.ArrayList;
import java.util.List;

/** An impact as text for a person, or as CSV. */
public final class ImpactText {

    private static final int SHOWN = 10;

    private ImpactText() {}

    /**
     * For a person.
     *
     * @param impact as the registry answers it
     * @param explained whether the paths that grant it are shown
     * @return lines
     */
    public static List<String> lines(JsonNode impact, boolean explained) {
        List<String> lines = new ArrayList<>();
        for (JsonNode tool : impact.path("tools")) {
            lines.add(tool.path("server").asText() + " / " + tool.path("key").asText()
                    + (tool.path("closes").asBoolean() ? ": closes for all" : ""));
            for (JsonNode shift : tool.path("shifts")) {
                lines.add(String.format(
                        "  %-7s %s  [%s: %s -> %s]%s",
                        shift.path("change").asText(),
                        subjects(shift),
                        shift.path("layer").asText(),
                        shift.path("before").asText(),
                        shift.path("after").asText(),
                        conditions(shift)));
                if (explained) {
                    shift.path("why").asText("").lines().forEach(line -> lines.add("      " + line));
                }
            }
        }
        for (JsonNode approval : impact.path("approvals")) {
            List<String> scopes = texts(approval.path("scopes"));
            lines.add("  scopes  " + approval.path("server").asText() + " / "
                    + approval.path("tool").asText() + (scopes.isEmpty() ? "" : " (" + String.join(" ", scopes) + ")")
                    + ": " + approval.path("reason").asText());
        }
        impact.path("notes").forEach(note -> lines.add("! " + note.asText()));
        lines.add(impact.path("summary").asText() + ".");
        return lines.stream().map(line -> line.replaceAll("\\R", " ")).toList();
    }

    private static String subjects(JsonNode shift) {
        if (shift.has("everyone")) {
            return shift.path("everyone").asText() + ":* (everyone)";
        }
        List<String> subjects = texts(shift.path("subjects"));
        int more = subjects.size() - SHOWN;
        return String.join(" ", subjects.subList(0, Math.min(SHOWN, subjects.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String conditions(JsonNode shift) {
        List<String> conditions = texts(shift.path("conditions"));
        return conditions.isEmpty() ? "" : " if " + String.join(" or ", conditions);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /**
     * For a spreadsheet.
     *
     * @param impact as the registry answers it
     * @return the text, with a line of headings
     */
    public static String csv(JsonNode impact) {
        CsvLines csv = new CsvLines();
        csv.add("change", "subject", "server", "tool", "layer", "before", "after", "conditions");
        ImpactLine.of(impact)
                .forEach(line -> csv.add(
                        line.change(),
                        line.subject(),
                        line.server(),
                        line.tool(),
                        line.layer(),
                        line.before(),
                        line.after(),
                        line.conditions()));
        return csv.toString();
    }
}
