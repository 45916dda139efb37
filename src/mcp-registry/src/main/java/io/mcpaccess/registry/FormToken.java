package io.mcpaccess.registry;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.stream.Stream;

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
        return token == null ? Optional.empty() : getter(token.getClass()).flatMap(getter -> value(getter, token));
    }

    /** Spring's tokens are of classes that nobody else may call; their interface is public. */
    private static Optional<Method> getter(Class<?> type) {
        if (Modifier.isPublic(type.getModifiers())) {
            try {
                return Optional.of(type.getMethod("getToken"));
            } catch (NoSuchMethodException e) {
                return Optional.empty();
            }
        }
        return Stream.concat(Stream.of(type.getInterfaces()), Stream.ofNullable(type.getSuperclass()))
                .flatMap(each -> getter(each).stream())
                .findFirst();
    }

    private static Optional<String> value(Method getter, Object token) {
        try {
            return getter.invoke(token) instanceof String value ? Optional.of(value) : Optional.empty();
        } catch (IllegalAccessException | InvocationTargetException e) {
            return Optional.empty();
        }
    }
}
