package io.mcpaccess.registry.am;

import io.gravitee.am.identityprovider.api.User;
import java.lang.reflect.InvocationTargetException;
import java.security.Principal;
import java.util.Optional;

/**
 * Reads who calls the management API. AM's principal is Spring Security's token around the user. Spring Security is no
 * class of this plugin, so the user is taken out by name.
 */
public final class AmPrincipal {

    private AmPrincipal() {}

    /**
     * The user inside a principal.
     *
     * @param principal the request's principal; may be null
     * @return the user; empty where there is none
     */
    public static Optional<User> user(Principal principal) {
        if (principal instanceof User user) {
            return Optional.of(user);
        }
        if (principal == null) {
            return Optional.empty();
        }
        try {
            Object inner = principal.getClass().getMethod("getPrincipal").invoke(principal);
            return inner instanceof User user ? Optional.of(user) : Optional.empty();
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return Optional.empty();
        }
    }
}
