package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.ProtectedResourceFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How AM 4.10 writes a protected resource. */
final class ProtectedResourceJson {
    private ProtectedResourceJson() {}

    static Map<String, Object> of(ProtectedResource resource) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", resource.getId());
        json.put("name", resource.getName());
        json.put("clientId", resource.getClientId());
        json.put("domainId", resource.getDomainId());
        json.put("description", resource.getDescription());
        json.put("type", "mcp_server");
        json.put("resourceIdentifiers", resource.getResourceIdentifiers());
        json.put("updatedAt", resource.getUpdatedAt().getTime());
        json.put("createdAt", resource.getCreatedAt().getTime());
        List<Map<String, Object>> features = new ArrayList<>();
        if (resource.getFeatures() != null) {
            resource.getFeatures().forEach(feature -> features.add(feature(feature)));
        }
        json.put("features", features);
        return json;
    }

    private static Map<String, Object> feature(ProtectedResourceFeature feature) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", feature.getKey());
        json.put("description", feature.getDescription());
        json.put("type", "mcp_tool");
        json.put("createdAt", feature.getCreatedAt().getTime());
        json.put("updatedAt", feature.getUpdatedAt().getTime());
        json.put("scopes", feature instanceof McpTool tool ? tool.getScopes() : List.of());
        return json;
    }
}
