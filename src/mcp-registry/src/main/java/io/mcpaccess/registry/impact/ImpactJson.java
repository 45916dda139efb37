package io.mcpaccess.registry.impact;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.registry.impact.Impact.Shift;
import io.mcpaccess.registry.impact.Impact.ToolImpact;
import java.util.Locale;

/**
 * Impacts as JSON: {@code {summary, complete, figures, tools:[{server, serverClientId?, key, closes, shifts:[{change, layer,
 * subjects, everyone?, before, after, conditions, why?}]}], approvals:[{server, tool, scopes, reason}], notes}}.
 */
public final class ImpactJson {

    private ImpactJson() {}

    /**
     * Writes an impact.
     *
     * @param impact the impact
     * @return the answer
     */
    public static ObjectNode write(Impact impact) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("summary", ImpactWords.summary(impact))
                .put("complete", impact.complete());
        json.putObject("figures")
                .put("tuplesBefore", impact.figures().tuplesBefore())
                .put("tuplesAfter", impact.figures().tuplesAfter())
                .put("subjects", impact.figures().subjects())
                .put("tools", impact.figures().tools())
                .put("applications", impact.figures().applications())
                .put("gains", impact.figures().gains())
                .put("losses", impact.figures().losses())
                .put("changes", impact.figures().changes());
        ArrayNode tools = json.putArray("tools");
        impact.tools().forEach(tool -> tools.add(tool(tool)));
        ArrayNode approvals = json.putArray("approvals");
        impact.approvals().forEach(approval -> {
            ObjectNode entry =
                    approvals.addObject().put("server", approval.server()).put("tool", approval.tool());
            approval.scopes().forEach(entry.putArray("scopes")::add);
            entry.put("reason", approval.reason());
        });
        impact.notes().forEach(json.putArray("notes")::add);
        return json;
    }

    private static ObjectNode tool(ToolImpact tool) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("server", tool.server());
        tool.serverClientId().ifPresent(id -> json.put("serverClientId", id));
        json.put("key", tool.key()).put("closes", tool.closes());
        ArrayNode shifts = json.putArray("shifts");
        tool.shifts().forEach(shift -> shifts.add(shift(shift)));
        return json;
    }

    private static ObjectNode shift(Shift shift) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("change", name(shift.change()))
                .put("layer", name(shift.layer()));
        shift.subjects().forEach(json.putArray("subjects")::add);
        shift.everyone().ifPresent(type -> json.put("everyone", type));
        json.put("before", name(shift.before())).put("after", name(shift.after()));
        shift.conditions().forEach(json.putArray("conditions")::add);
        shift.why().ifPresent(why -> json.put("why", why));
        return json;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
