package io.gravitee.am.model;

import io.gravitee.am.model.application.ApplicationSecretSettings;
import io.gravitee.am.model.application.ClientSecret;
import io.gravitee.am.model.oidc.Client;
import java.util.Date;
import java.util.List;

/**
 * An MCP server in AM. {@code features == null} means not loaded (JDBC), never "no tools".
 */
public class ProtectedResource {
    private String id;
    private String name;
    private String clientId;
    private String domainId;
    private String description;
    private Type type = Type.MCP_SERVER;
    private List<String> resourceIdentifiers;
    private List<ClientSecret> clientSecrets;
    private List<ApplicationSecretSettings> secretSettings;
    private List<? extends ProtectedResourceFeature> features;
    private Date createdAt;
    private Date updatedAt;

    /** AM knows one kind. */
    public enum Type {
        MCP_SERVER
    }

    public ProtectedResource() {}

    public ProtectedResource(ProtectedResource other) {
        this.id = other.id;
        this.name = other.name;
        this.clientId = other.clientId;
        this.domainId = other.domainId;
        this.description = other.description;
        this.type = other.type;
        this.resourceIdentifiers = other.resourceIdentifiers;
        this.clientSecrets = other.clientSecrets;
        this.secretSettings = other.secretSettings;
        this.features = other.features;
        this.createdAt = other.createdAt;
        this.updatedAt = other.updatedAt;
    }

    /** As on 4.10: identity, secrets and their settings only; grant types stay the default, authorization_code. */
    public Client toClient() {
        Client client = new Client();
        client.setId(id);
        client.setClientId(clientId);
        client.setClientName(name);
        client.setDomain(domainId);
        client.setEnabled(true);
        client.setFlowsInherited(false);
        client.setSecretSettings(secretSettings);
        client.setClientSecrets(clientSecrets);
        client.setAuthorizedGrantTypes(List.of("authorization_code"));
        return client;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getDomainId() {
        return domainId;
    }

    public void setDomainId(String domainId) {
        this.domainId = domainId;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public Type getType() {
        return type;
    }

    public void setType(Type type) {
        this.type = type;
    }

    public List<String> getResourceIdentifiers() {
        return resourceIdentifiers;
    }

    public void setResourceIdentifiers(List<String> resourceIdentifiers) {
        this.resourceIdentifiers = resourceIdentifiers;
    }

    public List<ClientSecret> getClientSecrets() {
        return clientSecrets;
    }

    public void setClientSecrets(List<ClientSecret> clientSecrets) {
        this.clientSecrets = clientSecrets;
    }

    public List<ApplicationSecretSettings> getSecretSettings() {
        return secretSettings;
    }

    public void setSecretSettings(List<ApplicationSecretSettings> secretSettings) {
        this.secretSettings = secretSettings;
    }

    public List<? extends ProtectedResourceFeature> getFeatures() {
        return features;
    }

    public void setFeatures(List<? extends ProtectedResourceFeature> features) {
        this.features = features;
    }

    public Date getCreatedAt() {
        return createdAt;
    }

    public void setCreatedAt(Date createdAt) {
        this.createdAt = createdAt;
    }

    public Date getUpdatedAt() {
        return updatedAt;
    }

    public void setUpdatedAt(Date updatedAt) {
        this.updatedAt = updatedAt;
    }
}
