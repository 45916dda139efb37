package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.service.model.NewMcpTool;
import io.gravitee.am.service.model.NewProtectedResource;
import io.gravitee.am.service.model.PatchProtectedResource;
import io.gravitee.am.service.model.UpdateMcpTool;
import io.gravitee.am.service.model.UpdateProtectedResource;
import io.gravitee.am.service.model.UpdateProtectedResourceFeature;
import io.mcpaccess.sandbox.am.ManagementFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is sent to create, replace or patch a protected resource, with the checks that AM's REST layer makes by bean validation.
 *
 * @param name 1 to 64 characters
 * @param description may be null
 * @param clientId may be null, at creation only
 * @param clientSecret may be null, at creation only
 * @param type MCP_SERVER
 * @param resourceIdentifiers URLs without a fragment
 * @param features tools
 */
public record ProtectedResourceBody(
        String name,
        String description,
        String clientId,
        String clientSecret,
        String type,
        List<String> resourceIdentifiers,
        List<Feature> features) {
    private static final Pattern NAME = Pattern.compile("\\S.{0,63}");
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    /** A feature. */
    public record Feature(String type, String key, String description, List<String> scopes) {
        UpdateProtectedResourceFeature update() {
            UpdateMcpTool tool = new UpdateMcpTool();
            tool.setKey(key);
            tool.setDescription(description);
            tool.setScopes(scopes == null ? List.of() : scopes);
            return tool;
        }
    }

    @Override
    public String toString() {
        return "ProtectedResourceBody[name=" + name + "]";
    }

    NewProtectedResource forCreation() {
        requireComplete();
        NewProtectedResource resource = new NewProtectedResource();
        resource.setName(name);
        resource.setDescription(description);
        resource.setClientId(clientId);
        resource.setClientSecret(clientSecret);
        resource.setType(type);
        resource.setResourceIdentifiers(resourceIdentifiers);
        resource.setFeatures(
                features == null
                        ? List.of()
                        : features.stream().map(ProtectedResourceBody::newTool).toList());
        return resource;
    }

    UpdateProtectedResource forUpdate() {
        requireComplete();
        UpdateProtectedResource resource = new UpdateProtectedResource();
        resource.setName(name);
        resource.setDescription(description);
        resource.setResourceIdentifiers(resourceIdentifiers);
        resource.setFeatures(
                features == null
                        ? List.of()
                        : features.stream().map(Feature::update).toList());
        return resource;
    }

    PatchProtectedResource forPatch() {
        requireFeatures();
        PatchProtectedResource patch = new PatchProtectedResource();
        patch.setName(name == null ? null : Optional.of(name));
        patch.setDescription(description == null ? null : Optional.of(description));
        patch.setResourceIdentifiers(resourceIdentifiers == null ? null : Optional.of(resourceIdentifiers));
        patch.setFeatures(
                features == null
                        ? null
                        : Optional.of(features.stream().map(Feature::update).toList()));
        return patch;
    }

    private static io.gravitee.am.service.model.NewProtectedResourceFeature newTool(Feature feature) {
        NewMcpTool tool = new NewMcpTool();
        tool.setKey(feature.key());
        tool.setDescription(feature.description());
        tool.setScopes(feature.scopes() == null ? List.of() : feature.scopes());
        return tool;
    }

    private void requireComplete() {
        require(name != null && NAME.matcher(name).matches(), "name must be between 1 and 64 characters");
        require(resourceIdentifiers != null && !resourceIdentifiers.isEmpty(), "resourceIdentifiers must not be empty");
        require(
                resourceIdentifiers.stream().allMatch(ProtectedResourceBody::isUrl),
                "resourceIdentifiers must be valid URLs without fragments");
        require(type == null || "MCP_SERVER".equals(type), "type must be MCP_SERVER");
        requireFeatures();
    }

    private void requireFeatures() {
        if (features != null) {
            features.forEach(feature -> {
                require("MCP_TOOL".equals(feature.type()), "Unknown feature type");
                require(
                        feature.key() != null && KEY.matcher(feature.key()).matches(),
                        "key must match [a-zA-Z0-9_-]+ and have at most 64 characters");
            });
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text.trim());
            return uri.getHost() != null && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new ManagementFailure(400, message);
        }
    }
}
