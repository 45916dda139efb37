package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.model.oauth2.ScopeApproval;
import io.mcpaccess.sandbox.data.ApplicationRow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An authorization request, shaped as AM's class of the same name where policies reach it by reflection ({@code authorization_request}).
 * Setting scopes changes what the consent page shows, never what is granted: AM reads the request from the query anew afterwards.
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
    private List<ScopeApproval> consents = List.of();

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

    /** The requested scopes; at CONSENT post those that the user has approved on the page, none on a denial. */
    public Set<String> getScopes() {
        return scopes;
    }

    /** Replaces the scopes. */
    public void setScopes(Set<String> scopes) {
        this.scopes = new LinkedHashSet<>(scopes);
    }

    /** The resource indicators. */
    public Set<String> getResources() {
        return resources;
    }

    /** The values of {@code prompt}. */
    public Set<String> getPrompts() {
        return ScopeRules.split(prompt);
    }

    /** What AM has saved of the user's answer, known at CONSENT post. */
    public List<ScopeApproval> getConsents() {
        return consents;
    }

    /** Sets what was saved of the user's answer. */
    public void setConsents(List<ScopeApproval> consents) {
        this.consents = List.copyOf(consents);
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
        return getPrompts().contains(value);
    }

    String codeChallenge() {
        return codeChallenge;
    }

    String codeChallengeMethod() {
        return codeChallengeMethod;
    }
}
