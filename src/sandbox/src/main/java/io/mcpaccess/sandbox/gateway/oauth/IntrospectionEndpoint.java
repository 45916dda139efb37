package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.model.oidc.Client;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /oauth/introspect} (RFC 7662) with AM's members; anything that does not count is {@code {"active":false}}. */
final class IntrospectionEndpoint implements Handler<RoutingContext> {
    private static final List<String> NOT_ANSWERED = List.of("orig_resources");

    private final ClientAuthentication clients;
    private final TokenVerifier accessTokens;
    private final TokenVerifier refreshTokens;
    private final Subjects subjects;

    IntrospectionEndpoint(
            ClientAuthentication clients, TokenVerifier accessTokens, TokenVerifier refreshTokens, Subjects subjects) {
        this.clients = clients;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.subjects = subjects;
    }

    @Override
    public void handle(RoutingContext context) {
        clients.authenticate(context)
                .map(client -> introspect(client, Http.form(context)))
                .onSuccess(body -> Http.json(context, 200, body))
                .onFailure(cause -> Http.fail(context, cause));
    }

    private Map<String, Object> introspect(Client caller, Map<String, List<String>> form) {
        String token = Http.first(form, "token");
        if (token == null) {
            throw OAuthFailure.of("invalid_request", "A parameter token is required");
        }
        TokenVerifier verifier =
                "refresh_token".equals(Http.first(form, "token_type_hint")) ? refreshTokens : accessTokens;
        Optional<JWT> active =
                verifier.verify(token, false).filter(jwt -> verifier.isForCaller(jwt, caller.getClientId()));
        return active.map(jwt -> active(verifier, jwt)).orElseGet(() -> Map.of("active", false));
    }

    private Map<String, Object> active(TokenVerifier verifier, JWT jwt) {
        Map<String, Object> body = new LinkedHashMap<>(jwt);
        NOT_ANSWERED.forEach(body::remove);
        body.put("active", true);
        body.put("token_type", jwt.containsKey("cnf") ? "DPoP" : "bearer");
        body.put("client_id", verifier.clientOf(jwt));
        subjects.find(jwt.getInternalSub()).ifPresent(user -> body.put("username", user.username()));
        return body;
    }
}
