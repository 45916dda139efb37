package io.mcpaccess.sandbox.management.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/**
 * {@code POST /management/auth/login}: the console's sign-in, as far as the start page needs it. A browser then has the cookie of
 * AM's name, which reads and does not write: AM wants a token against forged requests for that, and the sandbox has none.
 */
@Path("auth/login")
public final class LoginResource {
    static final String COOKIE = "Auth-Graviteeio-AM";

    private final Sessions sessions;

    LoginResource(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Signs in, and goes on to a page of the management API. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signIn(
            @FormParam("username") String username,
            @FormParam("password") String password,
            @FormParam("redirect") String redirect) {
        if (username == null || password == null || redirect == null || !redirect.startsWith("/management/")) {
            return Failures.response(400, "The form has no username, password or redirect to /management/");
        }
        return sessions.signIn(username, password)
                .map(issued -> Response.seeOther(URI.create(redirect))
                        .cookie(new NewCookie.Builder(COOKIE)
                                .value(issued.token())
                                .path("/management")
                                .httpOnly(true)
                                .sameSite(NewCookie.SameSite.STRICT)
                                .build())
                        .build())
                .orElseGet(() -> Failures.response(401, "Unauthorized"));
    }
}
