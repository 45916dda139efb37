package io.mcpaccess.sandbox.management.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResourceFeature;
import java.io.IOException;

/**
 * How AM 4.10 writes a feature: with {@code "type"} twice, first as it is sent, then in lower case. A client that takes the second and sends
 * it back is refused.
 */
final class FeatureJson extends JsonSerializable.Base {
    private final ProtectedResourceFeature feature;

    FeatureJson(ProtectedResourceFeature feature) {
        this.feature = feature;
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", feature.getType().name());
        json.writeStringField("key", feature.getKey());
        json.writeStringField("description", feature.getDescription());
        json.writeStringField("type", "mcp_tool");
        json.writeNumberField("createdAt", feature.getCreatedAt().getTime());
        json.writeNumberField("updatedAt", feature.getUpdatedAt().getTime());
        json.writeArrayFieldStart("scopes");
        if (feature instanceof McpTool tool) {
            for (String scope : tool.getScopes()) {
                json.writeString(scope);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(json, provider);
    }
}
