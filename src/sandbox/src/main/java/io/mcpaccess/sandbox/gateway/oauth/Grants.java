package io.mcpaccess.sandbox.gateway.oauth;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.sandbox.data.CodeRow;
import io.mcpaccess.sandbox.data.UserRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads the grant of a token request. As in AM, a code and a refresh token are used up before anything else about them is checked,
 * so a request that then fails has burned them.
 */
final class Grants {
    private final SecurityDomain domain;
    private final ScopeRules scopes;
    private final TokenVerifier refreshTokens;
    private final TokenExchange exchange;

    Grants(SecurityDomain domain, ScopeRules scopes, TokenVerifier refreshTokens, TokenExchange exchange) {
        this.domain = domain;
        this.scopes = scopes;
        this.refreshTokens = refreshTokens;
        this.exchange = exchange;
    }

    /**
     * Reads a grant.
     *
     * @throws OAuthFailure with AM's error
     */
    Grant read(Client client, Map<String, List<String>> parameters) {
        Set<String> resources = ScopeRules.resources(parameters);
        scopes.requireKnownResources(resources);
        String type = Http.first(parameters, "grant_type");
        if (type == null) {
            throw OAuthFailure.of("invalid_request", "Missing parameter: grant_type");
        }
        if (!List.of("authorization_code", "refresh_token", "client_credentials", TokenExchange.GRANT_TYPE)
                .contains(type)) {
            throw OAuthFailure.of("unsupported_grant_type", "Unsupported grant type: " + type);
        }
        if (client.getAuthorizedGrantTypes() == null
                || !client.getAuthorizedGrantTypes().contains(type)) {
            throw OAuthFailure.of("unauthorized_client", "Unauthorized grant type: " + type);
        }
        return switch (type) {
            case "authorization_code" -> code(client, parameters, resources);
            case "refresh_token" -> refresh(client, parameters, resources);
            case TokenExchange.GRANT_TYPE -> exchange.read(client, parameters, resources);
            default -> clientCredentials(client, parameters, resources);
        };
    }

    private Grant code(Client client, Map<String, List<String>> parameters, Set<String> resources) {
        String code = Http.first(parameters, "code");
        if (code == null) {
            throw OAuthFailure.of("invalid_request", "Missing parameter: code");
        }
        CodeRow row = domain.tables()
                .codes()
                .take(code)
                .filter(found -> found.domain().equals(domain.id()))
                .filter(found -> found.client().equals(client.getClientId()))
                .filter(found -> found.expiresAt() > domain.clock().millis())
                .orElseThrow(() -> invalidGrant("The authorization code is invalid."));
        if (row.redirectUri() != null && !row.redirectUri().equals(Http.first(parameters, "redirect_uri"))) {
            throw invalidGrant("Redirect URI mismatch.");
        }
        requireVerifier(row, Http.first(parameters, "code_verifier"));
        Set<String> audience = ScopeRules.requireConsistent(resources, row.resources());
        return new Grant(
                "authorization_code", user(row.user()), row.scopes(), audience, row.resources(), row.nonce(), null);
    }

    private static void requireVerifier(CodeRow row, String verifier) {
        if (row.codeChallenge() == null) {
            return;
        }
        if (verifier == null) {
            throw invalidGrant("Missing parameter: code_verifier");
        }
        try {
            CodeChallenge computed = CodeChallenge.compute(
                    CodeChallengeMethod.parse(row.codeChallengeMethod()), new CodeVerifier(verifier));
            if (computed.getValue().equals(row.codeChallenge())) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw invalidGrant("Invalid parameter: code_verifier");
        }
        throw invalidGrant("Invalid code_verifier");
    }

    private Grant refresh(Client client, Map<String, List<String>> parameters, Set<String> resources) {
        String token = Http.first(parameters, "refresh_token");
        if (token == null) {
            throw OAuthFailure.of("invalid_request", "Missing parameter: refresh_token");
        }
        // Rotation: the token is gone from here on, whatever comes next, and the young-token window does not apply to
        // it.
        JWT claims = refreshTokens
                .verify(token, true)
                .filter(jwt -> client.getClientId().equals(jwt.getAud()))
                .filter(jwt ->
                        domain.tables().refreshTokens().take(jwt.getJti()).isPresent())
                .orElseThrow(() -> invalidGrant("Refresh token is invalid"));
        Set<String> authorized = new LinkedHashSet<>(texts(claims.get("orig_resources")));
        Set<String> audience = ScopeRules.requireConsistent(resources, authorized);
        Set<String> original = ScopeRules.split(claims.getScope());
        Set<String> requested = ScopeRules.split(Http.first(parameters, "scope"));
        boolean narrower = !requested.isEmpty() && original.containsAll(requested);
        UserRow user = new Subjects(domain.id(), domain.tables())
                .find(claims.getInternalSub())
                .filter(UserRow::enabled)
                .orElseThrow(() -> invalidGrant("Refresh token is invalid"));
        return new Grant("refresh_token", user, narrower ? requested : original, audience, authorized, null, claims);
    }

    private Grant clientCredentials(Client client, Map<String, List<String>> parameters, Set<String> resources) {
        if (client.getClientSecrets().isEmpty()) {
            throw OAuthFailure.of("unauthorized_client", "A public client has no credentials");
        }
        Set<String> granted =
                scopes.requireScopes(client, ScopeRules.split(Http.first(parameters, "scope")), resources);
        return new Grant("client_credentials", null, granted, resources, resources, null, null);
    }

    private UserRow user(String id) {
        return domain.tables()
                .users()
                .find(id)
                .filter(UserRow::enabled)
                .orElseThrow(() -> invalidGrant("The user cannot sign in"));
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Objects::toString).toList()
                : List.of();
    }

    private static OAuthFailure invalidGrant(String description) {
        return OAuthFailure.of("invalid_grant", description);
    }
}
