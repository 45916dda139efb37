package io.gravitee.am.service.model;

import java.util.List;

/**
 * An MCP server to create. The service checks neither URL nor key nor scopes: the caller does.
 */
public class NewProtectedResource {
    private String name;
    private String description;
    private List<String> resourceIdentifiers;
    private String clientId;
    private String clientSecret;
    private String type = "MCP_SERVER";
    private List<NewProtectedResourceFeature> features;

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

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    public List<NewProtectedResourceFeature> getFeatures() {
        return features;
    }

    public void setFeatures(List<NewProtectedResourceFeature> features) {
        this.features = features;
    }
}
