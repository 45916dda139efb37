package io.mcpaccess.openfga;

import java.time.Instant;
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
 * @param followedAt when an embedded store was last seen as its files are; empty where there are no files
 */
public record BackendHealth(
        boolean reachable, Optional<String> modelId, String breaker, String detail, Optional<Instant> followedAt) {

    /**
     * The health of a store without files.
     *
     * @param reachable whether it answered
     * @param modelId the authorization model that decides now, if there is one
     * @param breaker the state of the circuit breaker
     * @param detail what is wrong or worth a warning; empty when all is well
     */
    public BackendHealth(boolean reachable, Optional<String> modelId, String breaker, String detail) {
        this(reachable, modelId, breaker, detail, Optional.empty());
    }

    /** Nothing is null. */
    public BackendHealth {
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(breaker, "breaker");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(followedAt, "followedAt");
    }
}
