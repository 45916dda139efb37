package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.common.jwt.JWT;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.Ids;
import io.mcpaccess.sandbox.data.SecretRow;
import io.mcpaccess.sandbox.data.Secrets;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code POST /oidc/register} (RFC 7591): open to everybody, or to a bearer token with the scope {@code dcr_admin}, or to nobody,
 * as AM's DynamicClientRegistrationHandler decides. A client is given a secret whatever its authentication method, as in AM.
 */
final class RegistrationEndpoint implements Handler<RoutingContext> {
    private static final String SCOPE = "dcr_admin";

    private final SecurityDomain domain;
    private final Vertx vertx;
    private final TokenVerifier tokens;

    RegistrationEndpoint(SecurityDomain domain, Vertx vertx, TokenVerifier tokens) {
        this.domain = domain;
        this.vertx = vertx;
        this.tokens = tokens;
    }

    @Override
    public void handle(RoutingContext context) {
        RegistrationRules.Metadata metadata;
        try {
            requireAllowed(context);
            metadata = new RegistrationRules(current(), this::isScope).read(body(context));
        } catch (OAuthFailure failure) {
            if (failure.status() == 401) {
                context.response().putHeader("WWW-Authenticate", "Bearer realm=\"gravitee-io\"");
            }
            Http.fail(context, failure);
            return;
        }
        vertx.executeBlocking(() -> register(metadata), false)
                .onSuccess(body -> Http.json(context, 201, body))
                .onFailure(cause -> Http.fail(context, cause));
    }

    private void requireAllowed(RoutingContext context) {
        if (!domain.row().registration().enabled()) {
            throw OAuthFailure.of(403, "registration_forbidden", "Not allowed to access to this resource.");
        }
        if (domain.row().registration().open()) {
            return;
        }
        String authorization = context.request().getHeader("Authorization");
        Optional<JWT> token = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? tokens.verify(authorization.substring(7).trim(), false)
                : Optional.empty();
        if (token.isEmpty()) {
            throw OAuthFailure.of(401, "invalid_token", "The token is missing or does not count");
        }
        if (!token.get().hasScope(SCOPE)) {
            throw OAuthFailure.of(
                    403, "insufficient_scope", "Invalid access token scopes. The access token should have " + SCOPE);
        }
    }

    private static JsonObject body(RoutingContext context) {
        try {
            JsonObject body = context.body().asJsonObject();
            if (body != null) {
                return body;
            }
        } catch (DecodeException | ClassCastException e) {
            // Answered below: the body itself is not repeated.
        }
        throw OAuthFailure.of("invalid_client_metadata", "The body is no JSON object");
    }

    /** AM starts a domain again when its switches change; here they are read when they are needed. */
    private DomainRow current() {
        return domain.tables().domains().find(domain.id()).orElse(domain.row());
    }

    private boolean isScope(String key) {
        return domain.tables()
                .scopes()
                .where(row -> row.domain().equals(domain.id()) && row.key().equals(key))
                .findAny()
                .isPresent();
    }

    private Map<String, Object> register(RegistrationRules.Metadata metadata) {
        long now = domain.clock().millis();
        String clientId = UUID.randomUUID().toString();
        String secret = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
        boolean isPublic = "none".equals(metadata.method());
        ApplicationRow row = new ApplicationRow(
                Ids.of("application", domain.id(), clientId),
                domain.id(),
                metadata.name() == null ? "Unknown Client" : metadata.name(),
                clientId,
                isPublic
                        ? List.of()
                        : List.of(new SecretRow(Ids.of("secret", domain.id(), clientId), Secrets.hash(secret), null)),
                metadata.redirectUris(),
                metadata.grantTypes(),
                metadata.scopes(),
                List.of(),
                ApplicationRow.ScopeChoice.FREE,
                null,
                true,
                true,
                now,
                now);
        domain.tables().applications().save(row);
        return answer(row, metadata, secret);
    }

    private static Map<String, Object> answer(ApplicationRow row, RegistrationRules.Metadata metadata, String secret) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("redirect_uris", row.redirectUris());
        body.put("response_types", List.of("code"));
        body.put("grant_types", row.grantTypes());
        body.put("application_type", "web");
        body.put("client_name", row.name());
        body.put("token_endpoint_auth_method", metadata.method());
        if (!row.scopes().isEmpty()) {
            body.put("scope", String.join(" ", row.scopes()));
        }
        body.put("client_id", row.clientId());
        body.put("client_secret", secret);
        body.put("client_secret_expires_at", 0);
        body.put("domain", row.domain());
        body.put("id", row.id());
        body.put("enabled", true);
        body.put("created_at", row.createdAt());
        body.put("updated_at", row.updatedAt());
        return body;
    }
}
