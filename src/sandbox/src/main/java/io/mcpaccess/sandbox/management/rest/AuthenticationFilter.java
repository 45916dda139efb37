package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.identityprovider.api.DefaultUser;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/**
 * Bearer everywhere but where one signs in and the sandbox's own paths. The principal is what AM's is: Spring Security's
 * token, whose principal is AM's user. Before matching, because an engine's {@code settings} are located while JAX-RS matches.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class AuthenticationFilter implements ContainerRequestFilter {
    private static final String SCHEME = "Bearer ";
    private static final Set<String> OPEN = Set.of("auth/token", "auth/login");

    private final Sessions sessions;

    AuthenticationFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (OPEN.contains(request.getUriInfo().getPath())) {
            return;
        }
        String header = request.getHeaderString("Authorization");
        Optional<String> user = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? sessions.user(header.substring(SCHEME.length()).trim())
                : ofTheBrowser(request);
        user.ifPresentOrElse(
                name -> request.setSecurityContext(securityContext(name)),
                () -> request.abortWith(Failures.response(401, "Unauthorized")));
    }

    /** The cookie of the start page reads alone, so that no other page can make the browser write. */
    private Optional<String> ofTheBrowser(ContainerRequestContext request) {
        Cookie cookie = request.getCookies().get(LoginResource.COOKIE);
        return cookie == null || !"GET".equals(request.getMethod())
                ? Optional.empty()
                : sessions.user(cookie.getValue());
    }

    private static SecurityContext securityContext(String name) {
        DefaultUser user = new DefaultUser(name);
        user.setId(name);
        Principal principal = new UsernamePasswordAuthenticationToken(user, null, List.of());
        return new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return principal;
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }

            @Override
            public boolean isSecure() {
                return false;
            }

            @Override
            public String getAuthenticationScheme() {
                return "BEARER";
            }
        };
    }
}
