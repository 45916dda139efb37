package io.mcpaccess.registry;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * The token that AM's management API wants to have back with a form of a browser (Spring Security's against forged requests).
 * Spring Security is no class of this plugin, so the token is read by name.
 */
final class FormToken {

    private static final String ATTRIBUTE = "org.springframework.security.web.csrf.CsrfToken";

    private FormToken() {}

    /**
     * The token of a request.
     *
     * @param request the request
     * @return its value; empty where AM wants none
     */
    static Optional<String> of(ContainerRequestContext request) {
        Object token = request.getProperty(ATTRIBUTE);
        if (token == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    (String) token.getClass().getMethod("getToken").invoke(token));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return Optional.empty();
        }
    }
}
