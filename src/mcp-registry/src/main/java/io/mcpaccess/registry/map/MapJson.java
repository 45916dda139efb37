package io.mcpaccess.registry.map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The map as JSON: {@code {total, page, pages, tools:[{server, serverClientId, key, scopes, applications:[{clientId, name,
 * scopesInSettings}], users:{ids, truncated, everyone?, reason_code?}}]}}, or for one subject {@code {subject, total, page,
 * pages, tools:[{server, serverClientId, key, scopes, decision, layer?, reason_code, why?}]}}.
 */
public final class MapJson {

    private MapJson() {}

    /**
     * Writes who may call what.
     *
     * @param page the map
     * @return the answer
     */
    public static ObjectNode tools(MapPage<ToolAccess> page) {
        ObjectNode json = head(page);
        ArrayNode tools = json.putArray("tools");
        for (ToolAccess row : page.rows()) {
            ObjectNode tool = tools.addObject()
                    .put("server", row.server())
                    .put("serverClientId", row.clientId())
                    .put("key", row.key());
            row.scopes().forEach(tool.putArray("scopes")::add);
            ArrayNode applications = tool.putArray("applications");
            row.applications()
                    .forEach(application -> applications
                            .addObject()
                            .put("clientId", application.clientId())
                            .put("name", application.name())
                            .put("scopesInSettings", application.scopes().containsAll(row.scopes())));
            ObjectNode users = tool.putObject("users");
            row.users().ids().forEach(users.putArray("ids")::add);
            users.put("truncated", row.users().truncated());
            if (row.users().everyone()) {
                users.put("everyone", true);
            }
            row.users().reasonCode().ifPresent(reason -> users.put("reason_code", reason));
        }
        return json;
    }

    /**
     * Writes what one subject may call.
     *
     * @param subject the subject as it was asked for
     * @param page the map
     * @return the answer
     */
    public static ObjectNode decisions(String subject, MapPage<ToolDecision> page) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("subject", subject);
        json.setAll(head(page));
        ArrayNode tools = json.putArray("tools");
        for (ToolDecision row : page.rows()) {
            ObjectNode tool = tools.addObject()
                    .put("server", row.server())
                    .put("serverClientId", row.clientId())
                    .put("key", row.key());
            row.scopes().forEach(tool.putArray("scopes")::add);
            tool.put("decision", row.decision());
            row.layer().ifPresent(layer -> tool.put("layer", layer));
            tool.put("reason_code", row.reasonCode());
            row.why().ifPresent(why -> tool.put("why", why));
        }
        return json;
    }

    private static ObjectNode head(MapPage<?> page) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("total", page.total())
                .put("page", page.query().page())
                .put("pages", page.pages());
    }
}
