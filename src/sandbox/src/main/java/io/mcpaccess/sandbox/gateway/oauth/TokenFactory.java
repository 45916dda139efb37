package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.sandbox.am.AgentClient;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.data.TokenRow;
import io.mcpaccess.sandbox.data.UserRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.mcpaccess.sandbox.gateway.flow.Expressions;
import io.mcpaccess.sandbox.gateway.flow.FlowContext;
import io.mcpaccess.sandbox.gateway.flow.OAuth2Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.expression.ExpressionException;

/**
 * Makes tokens with AM 4.10's claims. An access token for a resource has the resource as its audience and no {@code client_id};
 * the database remembers the client. Those of agents and those that a proof of possession binds are as on AM 4.12 and 4.13.
 */
final class TokenFactory {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFactory.class);

    private final SecurityDomain domain;
    private final Subjects subjects;

    TokenFactory(SecurityDomain domain, Subjects subjects) {
        this.domain = domain;
        this.subjects = subjects;
    }

    /** The sub of a grant's tokens. */
    String subject(Client client, Grant grant) {
        if (grant.exchange() != null) {
            return grant.exchange().sub();
        }
        return grant.user() == null
                ? client.getClientId()
                : subjects.generateSubFrom(AmModels.user(grant.user()).getFullId());
    }

    /**
     * Issues the tokens and answers the body of the token response.
     *
     * @param client who they are for
     * @param grant what was earned
     * @param request the request as the policies left it
     * @param flow attributes for custom claims
     * @param thumbprint of the key that the access token is bound to, null for a plain bearer token
     */
    Map<String, Object> issue(Client client, Grant grant, OAuth2Request request, FlowContext flow, String thumbprint) {
        boolean exchanged = grant.exchange() != null;
        boolean refreshable = grant.user() != null
                && !exchanged
                && !(client instanceof AgentClient)
                && client.getAuthorizedGrantTypes().contains("refresh_token");
        String refreshId = refreshable ? UUID.randomUUID().toString() : null;

        Map<String, Object> access =
                claims(client, grant, request, domain.lifetimes().access());
        access.put("aud", audience(client, request.getResources()));
        if (exchanged) {
            access.put(
                    "exp", Math.min((Long) access.get("exp"), grant.exchange().expiresAt()));
            if (grant.exchange().act() != null) {
                access.put("act", grant.exchange().act());
            }
        }
        if (client instanceof AgentClient agent) {
            agent(access, agent, grant);
        }
        if (thumbprint != null) {
            access.put("cnf", Map.of("jkt", thumbprint));
        }
        custom(access, flow);
        save(false, access, client, grant, refreshId);

        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", domain.keys().sign(access));
        body.put("token_type", thumbprint == null ? "bearer" : "DPoP");
        body.put(
                "expires_in",
                (Long) access.get("exp") - domain.clock().instant().getEpochSecond());
        if (exchanged) {
            body.put("issued_token_type", TokenExchange.ACCESS_TOKEN);
        }
        if (!request.getScopes().isEmpty()) {
            body.put("scope", String.join(" ", request.getScopes()));
        }
        if (refreshable) {
            body.put("refresh_token", refreshToken(client, grant, request, refreshId));
        }
        if (grant.user() != null && !exchanged && request.getScopes().contains("openid")) {
            body.put("id_token", idToken(client, grant, request));
        }
        return body;
    }

    private static void agent(Map<String, Object> access, AgentClient agent, Grant grant) {
        String type = agent.getAgentType().name().toLowerCase(Locale.ROOT);
        access.putIfAbsent("act", Map.of("sub", agent.getClientId(), "sub_profile", type));
        access.put("client_profile", "ai_agent " + type);
        access.put("client_id", agent.getClientId());
        if (grant.user() == null && grant.exchange() == null) {
            access.put("sub_profile", type);
        }
    }

    private String refreshToken(Client client, Grant grant, OAuth2Request request, String id) {
        Map<String, Object> refresh =
                claims(client, grant, request, domain.lifetimes().refresh());
        refresh.put("jti", id);
        refresh.put("aud", client.getClientId());
        if (!grant.authorizedResources().isEmpty()) {
            refresh.put("orig_resources", List.copyOf(grant.authorizedResources()));
        }
        save(true, refresh, client, grant, null);
        return domain.keys().sign(refresh);
    }

    private String idToken(Client client, Grant grant, OAuth2Request request) {
        Map<String, Object> id =
                claims(client, grant, request, domain.lifetimes().id());
        id.remove("scope");
        id.remove("domain");
        id.put("aud", client.getClientId());
        if (grant.nonce() != null) {
            id.put("nonce", grant.nonce());
        }
        UserRow user = grant.user();
        if (request.getScopes().contains("profile")) {
            id.put("preferred_username", user.username());
        }
        if (request.getScopes().contains("email") && user.email() != null) {
            id.put("email", user.email());
        }
        return domain.keys().sign(id);
    }

    private Map<String, Object> claims(Client client, Grant grant, OAuth2Request request, long seconds) {
        long now = domain.clock().instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        if (grant.user() != null) {
            claims.put(
                    "gis",
                    subjects.generateInternalSubFrom(AmModels.user(grant.user()).getFullId()));
        }
        claims.put("sub", subject(client, grant));
        claims.put("domain", domain.id());
        if (!request.getScopes().isEmpty()) {
            claims.put("scope", String.join(" ", request.getScopes()));
        }
        claims.put("iss", domain.issuer());
        claims.put("exp", now + seconds);
        claims.put("iat", now);
        claims.put("jti", UUID.randomUUID().toString());
        return claims;
    }

    private static Object audience(Client client, Set<String> resources) {
        return switch (resources.size()) {
            case 0 -> client.getClientId();
            case 1 -> resources.iterator().next();
            default -> List.copyOf(resources);
        };
    }

    private void custom(Map<String, Object> claims, FlowContext flow) {
        domain.row().customClaims().forEach((name, expression) -> {
            try {
                Object value = Expressions.value(expression, flow);
                if (value != null) {
                    claims.put(name, value);
                }
            } catch (ExpressionException e) {
                LOG.warn("The custom claim {} cannot be evaluated", name);
            }
        });
    }

    private void save(boolean refresh, Map<String, Object> claims, Client client, Grant grant, String refreshId) {
        TokenRow row = new TokenRow(
                (String) claims.get("jti"),
                domain.id(),
                client.getClientId(),
                grant.user() == null ? null : grant.user().id(),
                refreshId,
                domain.clock().millis(),
                (Long) claims.get("exp") * 1000);
        (refresh ? domain.tables().refreshTokens() : domain.tables().accessTokens()).save(row);
    }
}
