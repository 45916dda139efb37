package io.gravitee.am.model.oidc;

import io.gravitee.am.model.application.ApplicationScopeSettings;
import io.gravitee.am.model.application.ApplicationSecretSettings;
import io.gravitee.am.model.application.ClientSecret;
import java.util.List;
import java.util.Map;

/**
 * An OAuth client as the gateway sees it: an application, or an MCP server by {@code ProtectedResource.toClient()}.
 */
public class Client {
    private String id;
    private String clientId;
    private String clientName;
    private String clientSecret;
    private String domain;
    private boolean enabled = true;
    private boolean template;
    private boolean flowsInherited = true;
    private List<ClientSecret> clientSecrets;
    private List<ApplicationSecretSettings> secretSettings;
    private List<ApplicationScopeSettings> scopeSettings;
    private List<String> authorizedGrantTypes;
    private List<String> autoApproveScopes;
    private List<String> redirectUris;
    private List<String> responseTypes;
    private String tokenEndpointAuthMethod;
    private Map<String, Object> metadata;

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getClientName() {
        return clientName;
    }

    public void setClientName(String clientName) {
        this.clientName = clientName;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(String domain) {
        this.domain = domain;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isTemplate() {
        return template;
    }

    public void setTemplate(boolean template) {
        this.template = template;
    }

    public boolean isFlowsInherited() {
        return flowsInherited;
    }

    public void setFlowsInherited(boolean flowsInherited) {
        this.flowsInherited = flowsInherited;
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

    public List<ApplicationScopeSettings> getScopeSettings() {
        return scopeSettings;
    }

    public void setScopeSettings(List<ApplicationScopeSettings> scopeSettings) {
        this.scopeSettings = scopeSettings;
    }

    public List<String> getAuthorizedGrantTypes() {
        return authorizedGrantTypes;
    }

    public void setAuthorizedGrantTypes(List<String> authorizedGrantTypes) {
        this.authorizedGrantTypes = authorizedGrantTypes;
    }

    public List<String> getAutoApproveScopes() {
        return autoApproveScopes;
    }

    public void setAutoApproveScopes(List<String> autoApproveScopes) {
        this.autoApproveScopes = autoApproveScopes;
    }

    public List<String> getRedirectUris() {
        return redirectUris;
    }

    public void setRedirectUris(List<String> redirectUris) {
        this.redirectUris = redirectUris;
    }

    public List<String> getResponseTypes() {
        return responseTypes;
    }

    public void setResponseTypes(List<String> responseTypes) {
        this.responseTypes = responseTypes;
    }

    public String getTokenEndpointAuthMethod() {
        return tokenEndpointAuthMethod;
    }

    public void setTokenEndpointAuthMethod(String tokenEndpointAuthMethod) {
        this.tokenEndpointAuthMethod = tokenEndpointAuthMethod;
    }

    public Map<String, Object> getMetadata() {
        return metadata;
    }

    public void setMetadata(Map<String, Object> metadata) {
        this.metadata = metadata;
    }
}
