package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.model.ProtectedResource;
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
        List<FeatureJson> features = new ArrayList<>();
        if (resource.getFeatures() != null) {
            resource.getFeatures().forEach(feature -> features.add(new FeatureJson(feature)));
        }
        json.put("features", features);
        return json;
    }
}
