package io.mcpaccess.sandbox.gateway.oauth;

import io.mcpaccess.sandbox.data.ApplicationRow;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An authorization request, shaped as AM's class of the same name where policies reach it by reflection ({@code authorization_request}).
 * Setting scopes changes what the consent page shows, never what is granted: AM rebuilds the request from the query afterwards.
 */
public final class AuthorizationRequest {
    private final ApplicationRow application;
    private final String redirectUri;
    private final boolean redirectUriGiven;
    private final String state;
    private final String nonce;
    private final String prompt;
    private final String codeChallenge;
    private final String codeChallengeMethod;
    private final Set<String> resources;
    private Set<String> scopes;
    private boolean approved;

    AuthorizationRequest(
            ApplicationRow application,
            String redirectUri,
            boolean redirectUriGiven,
            String state,
            String nonce,
            String prompt,
            String codeChallenge,
            String codeChallengeMethod,
            Set<String> scopes,
            Set<String> resources) {
        this.application = application;
        this.redirectUri = redirectUri;
        this.redirectUriGiven = redirectUriGiven;
        this.state = state;
        this.nonce = nonce;
        this.prompt = prompt;
        this.codeChallenge = codeChallenge;
        this.codeChallengeMethod = codeChallengeMethod;
        this.scopes = new LinkedHashSet<>(scopes);
        this.resources = new LinkedHashSet<>(resources);
    }

    /** The client's identifier. */
    public String getClientId() {
        return application.clientId();
    }

    /** Where the answer goes. */
    public String getRedirectUri() {
        return redirectUri;
    }

    /** The client's state, may be null. */
    public String getState() {
        return state;
    }

    /** The requested scopes. */
    public Set<String> getScopes() {
        return scopes;
    }

    /** Sets the scopes that the consent page shows. */
    public void setScopes(Set<String> scopes) {
        this.scopes = new LinkedHashSet<>(scopes);
    }

    /** The resource indicators. */
    public Set<String> getResources() {
        return resources;
    }

    /** Whether the user approved, known at CONSENT post. */
    public boolean isApproved() {
        return approved;
    }

    /** Sets whether the user approved. */
    public void setApproved(boolean approved) {
        this.approved = approved;
    }

    ApplicationRow application() {
        return application;
    }

    boolean redirectUriGiven() {
        return redirectUriGiven;
    }

    String nonce() {
        return nonce;
    }

    boolean prompts(String value) {
        return ScopeRules.split(prompt).contains(value);
    }

    String codeChallenge() {
        return codeChallenge;
    }

    String codeChallengeMethod() {
        return codeChallengeMethod;
    }
}
