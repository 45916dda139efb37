package io.mcpaccess.amctl.impact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One change for one subject and one tool.
 *
 * @param change gains, loses or changes
 * @param subject {@code user:alice}, or {@code user:*} for everybody whom no tuple names
 * @param server the server's name
 * @param tool the tool's key
 * @param layer registration, permission or client
 * @param before what came of a call: no, conditional or yes
 * @param after what comes of it
 * @param conditions in words, joined by " or "; mostly empty
 */
public record ImpactLine(
        String change,
        String subject,
        String server,
        String tool,
        String layer,
        String before,
        String after,
        String conditions) {

    /**
     * The lines of an impact.
     *
     * @param impact as the registry answers it
     * @return all of its lines, in its order
     */
    public static List<ImpactLine> of(JsonNode impact) {
        List<ImpactLine> lines = new ArrayList<>();
        for (JsonNode tool : impact.path("tools")) {
            for (JsonNode shift : tool.path("shifts")) {
                List<String> subjects = new ArrayList<>();
                shift.path("subjects").forEach(subject -> subjects.add(subject.asText()));
                if (shift.has("everyone")) {
                    subjects.add(shift.path("everyone").asText() + ":*");
                }
                List<String> conditions = new ArrayList<>();
                shift.path("conditions").forEach(condition -> conditions.add(condition.asText()));
                subjects.forEach(subject -> lines.add(new ImpactLine(
                        shift.path("change").asText(),
                        subject,
                        tool.path("server").asText(),
                        tool.path("key").asText(),
                        shift.path("layer").asText(),
                        shift.path("before").asText(),
                        shift.path("after").asText(),
                        String.join(" or ", conditions))));
            }
        }
        return lines;
    }
}
