package io.mcpaccess.registry.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.registry.plan.AmLimits;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import io.mcpaccess.registry.plan.SuspiciousText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a live server has moved from what is registered: {@code {drifted, server:{id, name, clientId}, tools:[{key,
 * state, description, registeredDescription?, warnings?}]}}, state one of {@code new, gone, changed, unchanged}. A new tool
 * cannot be called before it is registered; a changed description is what a poisoned tool looks like.
 */
public final class Drift {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Drift() {}

    /**
     * Compares.
     *
     * @param registered the server as AM has it
     * @param live what the server offers now
     * @return the report
     */
    public static ObjectNode report(RegisteredServer registered, List<RemoteTool> live) {
        ArrayNode tools = NODES.arrayNode();
        Set<String> seen = new HashSet<>();
        boolean drifted = false;
        for (RemoteTool tool : live) {
            List<String> warnings = new ArrayList<>();
            Optional<RegisteredTool> known = registered.tool(tool.name());
            String state = state(tool, known);
            if (!seen.add(tool.name())) {
                warnings.add("The server offers several tools of this name; which one a call means is not known");
                state = "changed";
            } else if ("changed".equals(state)) {
                warnings.add("The description changed since it was registered: read both, models act on it");
            }
            if ("new".equals(state)) {
                warnings.add("Not registered, so nobody can call it");
                AmLimits.problemOfToolKey(tool.name()).ifPresent(warnings::add);
            }
            warnings.addAll(SuspiciousText.remarks(tool.description()));
            ObjectNode entry = tools.addObject()
                    .put("key", tool.name())
                    .put("state", state)
                    .put("description", tool.description());
            if ("changed".equals(state)) {
                known.ifPresent(each -> entry.put("registeredDescription", each.description()));
            }
            write(warnings, entry);
            drifted |= !"unchanged".equals(state);
        }
        for (RegisteredTool tool : registered.tools()) {
            if (!seen.contains(tool.key())) {
                drifted = true;
                tools.addObject().put("key", tool.key()).put("state", "gone").put("description", tool.description());
            }
        }
        ObjectNode json = NODES.objectNode().put("drifted", drifted);
        json.putObject("server")
                .put("id", registered.id())
                .put("name", registered.name())
                .put("clientId", registered.clientId());
        json.set("tools", tools);
        return json;
    }

    private static String state(RemoteTool tool, Optional<RegisteredTool> known) {
        if (known.isEmpty()) {
            return "new";
        }
        return known.get().description().strip().equals(tool.description().strip()) ? "unchanged" : "changed";
    }

    private static void write(List<String> warnings, ObjectNode entry) {
        if (!warnings.isEmpty()) {
            warnings.forEach(entry.putArray("warnings")::add);
        }
    }
}
