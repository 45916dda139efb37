package io.mcpaccess.policy.am;

import io.gravitee.am.common.utils.ConstantKeys;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * One run of the step: what belongs to one request in a flow of AM.
 *
 * @param requests reads AM's request
 * @param request AM's {@code OAuth2Request} at TOKEN, the browser's request at CONSENT
 * @param context the flow's attributes and the domain's beans
 * @param settings the step's settings
 * @param clock gives the times of what is written
 * @param random gives a number from 0 up to, but without, its argument
 */
public record StepRun(
        AmRequests requests,
        Request request,
        ExecutionContext context,
        PolicySettings settings,
        Clock clock,
        IntUnaryOperator random) {

    /** Requires all parts. */
    public StepRun {
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
    }

    /**
     * A bean of the domain.
     *
     * @param type AM's type
     * @param <T> the same
     * @return the bean; AM throws where there is none
     */
    public <T> T bean(Class<T> type) {
        return context.getComponent(type);
    }

    /**
     * The application that the request is about.
     *
     * @return the application, or nothing where AM names none
     * @throws IllegalStateException if AM gives something else
     */
    public Optional<Client> client() {
        return attribute(ConstantKeys.CLIENT_CONTEXT_KEY, Client.class);
    }

    /**
     * The user that the request is about.
     *
     * @return the user, or nothing where AM names none
     * @throws IllegalStateException if AM gives something else
     */
    public Optional<User> user() {
        return attribute(ConstantKeys.USER_CONTEXT_KEY, User.class);
    }

    /**
     * How the token is asked for.
     *
     * @return the grant type of AM's {@code OAuth2Request}
     */
    public GrantType grantType() {
        return GrantType.of(requests.text(request, "getGrantType"));
    }

    /**
     * The MCP servers of the domain.
     *
     * @return the servers as AM holds them
     */
    public DomainServers servers() {
        return new DomainServers(
                bean(ProtectedResourceManager.class), bean(Domain.class).getId());
    }

    private <T> Optional<T> attribute(String key, Class<T> type) {
        Object value = context.getAttribute(key);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalStateException("AM's attribute " + key + " is no " + type.getSimpleName());
        }
        return Optional.ofNullable(type.cast(value));
    }
}
