package io.gravitee.am.service.model;

import java.util.List;

/**
 * An MCP server as it shall be: features not named are removed.
 */
public class UpdateProtectedResource {
    private String name;
    private String description;
    private List<String> resourceIdentifiers;
    private List<UpdateProtectedResourceFeature> features;

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public List<String> getResourceIdentifiers() {
        return resourceIdentifiers;
    }

    public void setResourceIdentifiers(List<String> resourceIdentifiers) {
        this.resourceIdentifiers = resourceIdentifiers;
    }

    public List<UpdateProtectedResourceFeature> getFeatures() {
        return features;
    }

    public void setFeatures(List<UpdateProtectedResourceFeature> features) {
        this.features = features;
    }
}
