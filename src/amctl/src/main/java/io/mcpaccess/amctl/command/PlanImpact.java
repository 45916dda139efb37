package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.am.AmFailure;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.terminal.Output;

/** Who would gain and who would lose which call by a plan, in one line of it. */
final class PlanImpact {

    static final String MEMBER = "impact";

    private final AmEngine engine;
    private final RegistrationOptions options;
    private final Output output;

    PlanImpact(AmEngine engine, RegistrationOptions options, Output output) {
        this.engine = engine;
        this.options = options;
        this.output = output;
    }

    /** Adds it to a plan that changes something. A plan is worth having without: a caller may have too few rights to see it. */
    void addTo(JsonNode plan) {
        if (!options.showsImpact() || !PlanText.changes(plan) || !(plan instanceof ObjectNode whole)) {
            return;
        }
        try {
            JsonNode impact = TryOut.impact(engine, change(plan), output);
            ObjectNode told = whole.putObject(MEMBER)
                    .put("summary", impact.path("summary").asText());
            if (impact.path("notes").isArray() && !impact.path("notes").isEmpty()) {
                told.set("notes", impact.path("notes"));
            }
        } catch (AmFailure e) {
            output.note("Who gains and who loses could not be worked out: " + e.getMessage());
        }
    }

    /** What the plan makes of the server; what it refuses and removes is left out. */
    private ObjectNode change(JsonNode plan) {
        ObjectNode server =
                Json.object().put("name", plan.path("server").path("name").asText());
        server.set("resourceIdentifiers", plan.path("server").path("resourceIdentifiers"));
        ArrayNode tools = server.putArray("tools");
        for (JsonNode tool : plan.path("tools")) {
            if (!tool.path("change").asText().matches("refused|removed")) {
                ObjectNode declared =
                        tools.addObject().put("key", tool.path("key").asText());
                declared.set("scopes", tool.path("scopes"));
            }
        }
        ObjectNode change = Json.object().put("prune", options.prunes()).put("force", options.forces());
        change.putArray("servers").add(server);
        return change;
    }
}
