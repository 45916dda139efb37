package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.common.jwt.JWT;
import io.mcpaccess.sandbox.data.UserRow;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code GET /oidc/userinfo}: Bearer only; a token that does not count is 401 with an empty body, as in AM. */
final class UserInfoEndpoint implements Handler<RoutingContext> {
    private final TokenVerifier tokens;
    private final Subjects subjects;

    UserInfoEndpoint(TokenVerifier tokens, Subjects subjects) {
        this.tokens = tokens;
        this.subjects = subjects;
    }

    @Override
    public void handle(RoutingContext context) {
        String authorization = context.request().getHeader("Authorization");
        Optional<JWT> token = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? tokens.verify(authorization.substring(7).trim(), false)
                        .filter(jwt -> jwt.hasScope("openid"))
                        .filter(jwt -> tokens.client(jwt.getAud()).isPresent())
                : Optional.empty();
        Optional<UserRow> user = token.flatMap(jwt -> subjects.find(jwt.getInternalSub()));
        if (user.isEmpty()) {
            context.response()
                    .setStatusCode(401)
                    .putHeader("WWW-Authenticate", "Bearer realm=\"gravitee-io\"")
                    .end();
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("sub", token.get().getSub());
        if (token.get().hasScope("profile")) {
            body.put("preferred_username", user.get().username());
        }
        if (token.get().hasScope("email") && user.get().email() != null) {
            body.put("email", user.get().email());
        }
        Http.json(context, 200, body);
    }
}
