package io.mcpaccess.policy.am;

import io.gravitee.am.model.oidc.Client;
import io.gravitee.gateway.api.Request;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads AM's {@code OAuth2Request} and {@code AuthorizationRequest}. Both classes are in AM's OpenID Connect plugin, which
 * no other plugin can see, so their public methods are reached by reflection; each is looked up once a class.
 *
 * <p>Safe for any thread. Whatever is not as expected throws {@link IllegalStateException}.
 */
public final class AmRequests {

    /** Longer chains are of no use; the pipeline denies them much earlier. */
    private static final int MAX_ACTORS = 16;

    private final Map<List<Object>, Method> methods = new ConcurrentHashMap<>();

    /**
     * The scopes of a request.
     *
     * @param request AM's request
     * @return the scopes, empty where it has none
     */
    public Set<String> scopes(Object request) {
        return strings(call(request, "getScopes"));
    }

    /**
     * The resource indicators of a request (RFC 8707).
     *
     * @param request AM's request
     * @return the resource identifiers, empty where it names none
     */
    public Set<String> resources(Object request) {
        return strings(call(request, "getResources"));
    }

    /**
     * A text of a request.
     *
     * @param request AM's request
     * @param getter the name of the method, such as {@code getGrantType}
     * @return the text, or {@code null} where AM has none
     */
    public String text(Object request, String getter) {
        Object value = call(request, getter);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IllegalStateException(getter + " gives no text");
    }

    /**
     * A parameter of a token request as the client sent it.
     *
     * @param request AM's request
     * @param name the parameter's name
     * @return its first value, or {@code null}
     */
    public String parameter(Request request, String name) {
        return request.parameters() == null ? null : request.parameters().getFirst(name);
    }

    /**
     * The subjects of the {@code act} claim that the token will carry (RFC 8693, section 4.1). AM has it since 4.11; before,
     * no token has actors.
     *
     * @param request AM's {@code OAuth2Request}
     * @return the actors, the current one first, empty where the token has none
     * @throws DoubtException if the claim cannot be read; AM would take no such token at a call
     */
    public List<String> actors(Object request) {
        List<String> actors = new ArrayList<>();
        Object act = has(request, "getActClaim") ? call(request, "getActClaim") : null;
        while (act != null) {
            if (!(act instanceof Map<?, ?> actor)
                    || !(actor.get("sub") instanceof String subject)
                    || actors.size() == MAX_ACTORS) {
                throw new DoubtException("actor_unreadable", "The act claim of the token cannot be read.");
            }
            actors.add(subject);
            act = actor.get("act");
        }
        return actors;
    }

    /**
     * The name that an agent application has in its tokens. AM has such applications since 4.12.
     *
     * @param client AM's {@code Client}
     * @return the id of its instance where AM knows one, else its client id; nothing for every other application
     */
    public Optional<String> agent(Client client) {
        if (!has(client, "isAgentApplication")
                || !Boolean.TRUE.equals(call(client, "isAgentApplication"))
                || call(client, "getAgentType") == null) {
            return Optional.empty();
        }
        String instance = has(client, "getAgentInstanceId") ? text(client, "getAgentInstanceId") : null;
        return Optional.of(instance == null ? client.getClientId() : instance);
    }

    /**
     * Whether the user approved.
     *
     * @param authorizationRequest AM's {@code AuthorizationRequest} after the consent page
     * @return {@code true} only if AM says so
     */
    public boolean isApproved(Object authorizationRequest) {
        return Boolean.TRUE.equals(call(authorizationRequest, "isApproved"));
    }

    /**
     * Whether the client wants the user to be asked about all scopes again ({@code prompt=consent}).
     *
     * @param authorizationRequest AM's {@code AuthorizationRequest}
     * @return whether it does
     */
    public boolean asksAnew(Object authorizationRequest) {
        return has(authorizationRequest, "getPrompts")
                && strings(call(authorizationRequest, "getPrompts")).contains("consent");
    }

    /**
     * A text claim of a JWT of Nimbus, which is no class of this plugin.
     *
     * @param jwt the JWT, or {@code null}
     * @param name the claim's name
     * @return the claim, or nothing where there is none or it is no text
     */
    public Optional<String> claim(Object jwt, String name) {
        if (jwt == null) {
            return Optional.empty();
        }
        Object claims = call(jwt, "getJWTClaimsSet");
        return invoke(claims, method(claims.getClass(), "getClaim", String.class), name) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /**
     * Makes sure that {@link #narrow} will find what it needs, before anything is decided.
     *
     * @param request AM's request
     */
    public void requireNarrowable(Object request) {
        method(request.getClass(), "setScopes", Set.class);
    }

    /**
     * Replaces the scopes of a token request.
     *
     * @param request AM's request
     * @param scopes what is left of its scopes
     */
    public void narrow(Object request, Set<String> scopes) {
        invoke(request, method(request.getClass(), "setScopes", Set.class), new LinkedHashSet<>(scopes));
    }

    private static boolean has(Object request, String getter) {
        try {
            request.getClass().getMethod(getter);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private Object call(Object request, String getter) {
        return invoke(request, method(request.getClass(), getter));
    }

    private Method method(Class<?> type, String name, Class<?>... parameters) {
        return methods.computeIfAbsent(List.of(type, name), key -> {
            try {
                return type.getMethod(name, parameters);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type.getName() + " has no method " + name, e);
            }
        });
    }

    private static Object invoke(Object request, Method method, Object... arguments) {
        try {
            return method.invoke(request, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(method.getName() + " of AM's request failed", e);
        }
    }

    private static Set<String> strings(Object value) {
        if (value == null) {
            return Set.of();
        }
        if (!(value instanceof Collection<?> values)) {
            throw new IllegalStateException("AM's request gives no collection");
        }
        List<String> texts = new ArrayList<>(values.size());
        values.forEach(each -> texts.add(String.valueOf(each)));
        return Collections.unmodifiableSet(new LinkedHashSet<>(texts));
    }
}
