package io.mcpaccess.registry.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Writes a plan as JSON: {@code {applied, clientSecret?, server:{id?, name, clientId?, resourceIdentifiers, change},
 * tools:[{key, description, previousDescription?, scopes, previousScopes?, change, reason?, warnings?,
 * arguments?: [{name, pointer, type}]}], scopes:[{key, name,
 * description, change}], closes?, warnings?}}.
 */
public final class PlanJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlanJson() {}

    /**
     * Writes a plan.
     *
     * @param plan the plan
     * @param applied whether AM is now as the plan says
     * @param clientSecret the secret of a server just created, shown this once
     * @return the answer
     */
    public static ObjectNode write(Plan plan, boolean applied, Optional<String> clientSecret) {
        ObjectNode json = NODES.objectNode().put("applied", applied);
        clientSecret.ifPresent(secret -> json.put("clientSecret", secret));
        plan.server().ifPresent(server -> json.set("server", server(server)));
        ArrayNode tools = json.putArray("tools");
        plan.tools().forEach(tool -> tools.add(tool(tool)));
        ArrayNode scopes = json.putArray("scopes");
        plan.scopes()
                .forEach(scope -> scopes.addObject()
                        .put("key", scope.key())
                        .put("name", scope.name())
                        .put("description", scope.description())
                        .put("change", scope.change().wireName()));
        putIfAny(json, "closes", plan.closes());
        putIfAny(json, "warnings", plan.warnings());
        return json;
    }

    private static void putIfAny(ObjectNode json, String member, List<String> texts) {
        if (!texts.isEmpty()) {
            json.set(member, texts(texts));
        }
    }

    private static ObjectNode server(ServerPlan server) {
        ObjectNode json = NODES.objectNode();
        server.id().ifPresent(id -> json.put("id", id));
        json.put("name", server.name());
        server.clientId().ifPresent(id -> json.put("clientId", id));
        json.set("resourceIdentifiers", texts(server.resourceIdentifiers()));
        return json.put("change", server.change().wireName());
    }

    private static ObjectNode tool(ToolPlan tool) {
        ObjectNode json = NODES.objectNode().put("key", tool.key()).put("description", tool.description());
        tool.previousDescription().ifPresent(text -> json.put("previousDescription", text));
        json.set("scopes", texts(tool.scopes()));
        tool.previousScopes().ifPresent(scopes -> json.set("previousScopes", texts(scopes)));
        json.put("change", tool.change().wireName());
        tool.reason().ifPresent(reason -> json.put("reason", reason));
        putIfAny(json, "warnings", tool.warnings());
        if (!tool.arguments().isEmpty()) {
            ArrayNode arguments = json.putArray("arguments");
            tool.arguments()
                    .forEach(each -> arguments
                            .addObject()
                            .put("name", each.name())
                            .put("pointer", each.pointer())
                            .put("type", each.type()));
        }
        return json;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
