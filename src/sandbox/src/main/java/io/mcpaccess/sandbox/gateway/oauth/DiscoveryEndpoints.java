package io.mcpaccess.sandbox.gateway.oauth;

import io.mcpaccess.sandbox.data.ScopeRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * The domain's metadata, its keys, and AM's quirk: every other path under {@code /.well-known/} is answered 200 with an index that has
 * no issuer.
 */
final class DiscoveryEndpoints {
    private final SecurityDomain domain;

    DiscoveryEndpoints(SecurityDomain domain) {
        this.domain = domain;
    }

    void metadata(RoutingContext context) {
        String base = domain.base();
        JsonObject metadata = new JsonObject()
                .put("issuer", domain.issuer())
                .put("authorization_endpoint", base + "/oauth/authorize")
                .put("token_endpoint", base + "/oauth/token")
                .put("userinfo_endpoint", base + "/oidc/userinfo")
                .put("jwks_uri", base + "/oidc/.well-known/jwks.json")
                .put("introspection_endpoint", base + "/oauth/introspect")
                .put("revocation_endpoint", base + "/oauth/revoke")
                // AM names it in every domain, also where it answers 403.
                .put("registration_endpoint", base + "/oidc/register")
                .put("scopes_supported", scopes())
                .put("response_types_supported", new JsonArray().add("code"))
                .put("response_modes_supported", new JsonArray().add("query"))
                .put(
                        "grant_types_supported",
                        new JsonArray(List.of(
                                "authorization_code", "refresh_token", "client_credentials", TokenExchange.GRANT_TYPE)))
                .put("subject_types_supported", new JsonArray().add("public"))
                .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"))
                // AM takes public clients, and does not say "none" here.
                .put(
                        "token_endpoint_auth_methods_supported",
                        new JsonArray(List.of("client_secret_basic", "client_secret_post")))
                .put("code_challenge_methods_supported", new JsonArray().add("S256"));
        if (domain.row().registration().documents().enabled()) {
            metadata.put("client_id_metadata_document_supported", true);
        }
        json(context, metadata);
    }

    void keys(RoutingContext context) {
        json(context, new JsonObject(domain.keys().publicKeys().toJSONObject()));
    }

    void index(RoutingContext context) {
        json(
                context,
                new JsonObject().put("openid-configuration", domain.issuer() + "/.well-known/openid-configuration"));
    }

    private JsonArray scopes() {
        List<String> keys = domain.tables()
                .scopes()
                .where(scope -> scope.domain().equals(domain.id()) && scope.discovery())
                .map(ScopeRow::key)
                .sorted()
                .toList();
        return new JsonArray(keys);
    }

    private static void json(RoutingContext context, JsonObject body) {
        context.response().putHeader("Content-Type", "application/json").end(body.encode());
    }
}
