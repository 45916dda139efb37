package io.mcpaccess.sandbox.gateway.flow;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The request that a policy at TOKEN gets, named and shaped as AM's io.gravitee.am.gateway.handler.oauth2.service.request.OAuth2Request:
 * policies reach these methods by reflection, and what they set is what the token carries. Not safe for several threads at once;
 * a policy chain is one after the other.
 */
public final class OAuth2Request extends RequestSupport {
    private final String grantType;
    private final String clientId;
    private final String subject;
    private Set<String> scopes;
    private Set<String> resources;
    private final Map<String, Object> refreshToken;
    private final Map<String, Object> actClaim;

    /**
     * Makes the request of a token that is about to be issued.
     *
     * @param timestamp epoch milliseconds
     * @param parameters raw parameters of the token request
     * @param grantType the grant
     * @param clientId the client
     * @param subject the user's sub, or the client for client credentials
     * @param scopes the validated scopes
     * @param resources the resource indicators
     * @param refreshToken claims of the refresh token that is used up, null otherwise
     * @param actClaim the act claim that a token exchange gives the token, null otherwise
     */
    public OAuth2Request(
            long timestamp,
            Map<String, List<String>> parameters,
            String grantType,
            String clientId,
            String subject,
            Set<String> scopes,
            Set<String> resources,
            Map<String, Object> refreshToken,
            Map<String, Object> actClaim) {
        super(timestamp, parameters);
        this.grantType = grantType;
        this.clientId = clientId;
        this.subject = subject;
        this.scopes = new LinkedHashSet<>(scopes);
        this.resources = new LinkedHashSet<>(resources);
        this.refreshToken = refreshToken;
        this.actClaim = actClaim;
    }

    /** The grant type. */
    public String getGrantType() {
        return grantType;
    }

    /** The client's identifier. */
    public String getClientId() {
        return clientId;
    }

    /** The subject of the token. */
    public String getSubject() {
        return subject;
    }

    /** Whether there is no user. */
    public boolean isClientOnly() {
        return "client_credentials".equals(grantType);
    }

    /** The scopes that the token will carry. */
    public Set<String> getScopes() {
        return scopes;
    }

    /** Sets the scopes that the token will carry. */
    public void setScopes(Set<String> scopes) {
        this.scopes = scopes == null ? Set.of() : new LinkedHashSet<>(scopes);
    }

    /** The resource indicators. */
    public Set<String> getResources() {
        return resources;
    }

    /** Sets the resource indicators. */
    public void setResources(Set<String> resources) {
        this.resources = resources == null ? Set.of() : new LinkedHashSet<>(resources);
    }

    /** The act claim that the token will carry, null where nobody acts for the user. AM has it since 4.11. */
    public Map<String, Object> getActClaim() {
        return actClaim;
    }

    /** Claims of the refresh token that is used up, null for other grants. */
    public Map<String, Object> getRefreshToken() {
        return refreshToken;
    }
}
