package io.gravitee.am.service.model;

import java.util.List;
import java.util.Optional;

/**
 * A change of an MCP server: null leaves a member alone.
 */
public class PatchProtectedResource {
    private Optional<String> name;
    private Optional<String> description;
    private Optional<List<String>> resourceIdentifiers;
    private Optional<List<UpdateProtectedResourceFeature>> features;

    public Optional<String> getName() {
        return name;
    }

    public void setName(Optional<String> name) {
        this.name = name;
    }

    public Optional<String> getDescription() {
        return description;
    }

    public void setDescription(Optional<String> description) {
        this.description = description;
    }

    public Optional<List<String>> getResourceIdentifiers() {
        return resourceIdentifiers;
    }

    public void setResourceIdentifiers(Optional<List<String>> resourceIdentifiers) {
        this.resourceIdentifiers = resourceIdentifiers;
    }

    public Optional<List<UpdateProtectedResourceFeature>> getFeatures() {
        return features;
    }

    public void setFeatures(Optional<List<UpdateProtectedResourceFeature>> features) {
        this.features = features;
    }
}
