package io.mcpaccess.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.map.ModelProbe;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lists a domain's MCP servers: {@code {servers:[{id, name, clientId, description, resourceIdentifiers, tools:[{key,
 * description, scopes, scopesDefined, undefinedScopes?, decidable}]}]}}. {@code decidable} is null while the engine does not
 * answer.
 */
final class ServerListing {

    private final AmDomains domains;
    private final ModelProbe probe;

    ServerListing(AmDomains domains, ModelProbe probe) {
        this.domains = domains;
        this.probe = probe;
    }

    ObjectNode of(String domainId) {
        List<RegisteredServer> servers = domains.servers(domainId);
        Set<String> scopes = new HashSet<>();
        servers.forEach(server -> server.tools().forEach(tool -> scopes.addAll(tool.scopes())));
        Set<String> defined = domains.scopes(domainId).defined(scopes).keySet();
        Map<String, Map<String, ModelProbe.Verdict>> verdicts = probe.probe(servers);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("servers");
        for (RegisteredServer server : servers) {
            ObjectNode entry = list.addObject()
                    .put("id", server.id())
                    .put("name", server.name())
                    .put("clientId", server.clientId())
                    .put("description", server.description());
            server.resourceIdentifiers().forEach(entry.putArray("resourceIdentifiers")::add);
            ArrayNode tools = entry.putArray("tools");
            server.tools()
                    .forEach(tool -> tools.add(
                            tool(tool, defined, verdicts.get(server.id()).get(tool.key()))));
        }
        return json;
    }

    private static ObjectNode tool(RegisteredTool tool, Set<String> defined, ModelProbe.Verdict verdict) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("key", tool.key()).put("description", tool.description());
        tool.scopes().forEach(json.putArray("scopes")::add);
        List<String> undefined =
                tool.scopes().stream().filter(scope -> !defined.contains(scope)).toList();
        json.put("scopesDefined", undefined.isEmpty());
        if (!undefined.isEmpty()) {
            undefined.forEach(json.putArray("undefinedScopes")::add);
        }
        return switch (verdict) {
            case YES -> json.put("decidable", true);
            case NO -> json.put("decidable", false);
            case UNKNOWN -> json.putNull("decidable");
        };
    }
}
