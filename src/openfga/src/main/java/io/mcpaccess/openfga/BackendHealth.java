package io.mcpaccess.openfga;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether a store can answer now.
 *
 * @param reachable whether it answered
 * @param modelId the authorization model that decides now, if there is one
 * @param breaker the state of the circuit breaker: {@code closed}, {@code open} or {@code half_open}; {@code none}
 *     where there is none
 * @param detail what is wrong or worth a warning, for the administrator; empty when all is well
 */
public record BackendHealth(boolean reachable, Optional<String> modelId, String breaker, String detail) {

    /** Nothing is null. */
    public BackendHealth {
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(breaker, "breaker");
        Objects.requireNonNull(detail, "detail");
    }
}
