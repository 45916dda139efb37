package io.mcpaccess.sandbox.management.rest;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code POST /management/auth/token}: HTTP Basic in, a bearer token out. The only place that takes Basic. */
@Path("auth/token")
@Produces(MediaType.APPLICATION_JSON)
public final class TokenResource {
    private static final String SCHEME = "Basic ";

    private final Sessions sessions;

    TokenResource(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Signs in. */
    @POST
    public Response signIn(@HeaderParam("Authorization") String authorization) {
        return credentials(authorization)
                .flatMap(pair -> sessions.signIn(pair[0], pair[1]))
                .map(TokenResource::answer)
                .orElseGet(() -> Failures.response(401, "Unauthorized"));
    }

    private static Response answer(Sessions.Issued issued) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", issued.token());
        body.put("expires_at", issued.expiresAt().toString());
        body.put("token_type", "bearer");
        return Response.ok(body).header("Cache-Control", "no-store").build();
    }

    private static Optional<String[]> credentials(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).trim());
            String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            return pair.length == 2 ? Optional.of(pair) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
