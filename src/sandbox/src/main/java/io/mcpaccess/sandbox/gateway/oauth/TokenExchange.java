package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.sandbox.data.UserRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The token exchange (RFC 8693) as AM has it since 4.11: a token for a token, with the subject token's scopes (with an actor, those that both have) or fewer, no longer
 * than it lives, without a refresh token; with an actor token the new one has an {@code act} claim, in which the chain of the
 * subject token is nested. Of access tokens of the domain alone.
 */
final class TokenExchange {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private final SecurityDomain domain;
    private final ScopeRules scopes;
    private final TokenVerifier accessTokens;

    TokenExchange(SecurityDomain domain, ScopeRules scopes, TokenVerifier accessTokens) {
        this.domain = domain;
        this.scopes = scopes;
        this.accessTokens = accessTokens;
    }

    /**
     * What an exchange adds to a grant.
     *
     * @param subject claims of the subject token
     * @param act the {@code act} claim of the new token, null without an actor
     */
    record Exchanged(Map<String, Object> subject, Map<String, Object> act) {

        String sub() {
            return (String) subject.get("sub");
        }

        long expiresAt() {
            return ((Number) subject.get("exp")).longValue();
        }
    }

    /**
     * Reads the grant.
     *
     * @throws OAuthFailure with AM's error
     */
    Grant read(Client client, Map<String, List<String>> parameters, Set<String> resources) {
        JWT subject = token(parameters, "subject_token", true);
        JWT actor = token(parameters, "actor_token", false);
        requireAccessToken(Http.first(parameters, "requested_token_type"), "requested_token_type");
        Set<String> held = new LinkedHashSet<>(ScopeRules.split(subject.getScope()));
        if (actor != null) {
            held.retainAll(ScopeRules.split(actor.getScope()));
        }
        Set<String> requested = ScopeRules.split(Http.first(parameters, "scope"));
        UserRow user = new Subjects(domain.id(), domain.tables())
                .find(subject.getInternalSub())
                .orElse(null);
        return new Grant(
                GRANT_TYPE,
                user,
                scopes.exchanged(client, requested, held, resources),
                resources,
                resources,
                null,
                null,
                new Exchanged(subject, actor == null ? null : act(actor, subject)));
    }

    private JWT token(Map<String, List<String>> parameters, String name, boolean required) {
        String token = Http.first(parameters, name);
        String type = Http.first(parameters, name + "_type");
        if (token == null && required) {
            throw OAuthFailure.of("invalid_request", "Missing required parameter: " + name);
        }
        if (token == null) {
            return null;
        }
        if (type == null) {
            throw OAuthFailure.of("invalid_request", "Missing required parameter: " + name + "_type");
        }
        requireAccessToken(type, name + "_type");
        return accessTokens.verify(token, false).orElseThrow(() -> OAuthFailure.of("invalid_grant", "Invalid " + name));
    }

    private static void requireAccessToken(String type, String name) {
        if (type != null && !type.equals(ACCESS_TOKEN)) {
            throw OAuthFailure.of("invalid_request", "Unsupported " + name + ": " + type);
        }
    }

    private static Map<String, Object> act(JWT actor, JWT subject) {
        Map<String, Object> act = new LinkedHashMap<>();
        act.put("sub", actor.getSub());
        if (actor.getInternalSub() != null) {
            act.put("gis", actor.getInternalSub());
        }
        if (subject.get("act") != null) {
            act.put("act", subject.get("act"));
        }
        return act;
    }
}
