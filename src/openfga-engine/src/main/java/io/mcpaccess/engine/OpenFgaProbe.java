package io.mcpaccess.engine;

import io.gravitee.node.api.healthcheck.Probe;
import io.gravitee.node.api.healthcheck.Result;
import io.mcpaccess.openfga.OpenFgaBackend;
import java.util.concurrent.CompletionStage;

/**
 * Shows on the node's health endpoint whether the store answers, to those who ask for this probe. It is not visible by
 * default: a store that is down must not make the whole node look sick, and have it taken out of service.
 */
final class OpenFgaProbe implements Probe {

    private final String id;
    private final OpenFgaBackend backend;

    OpenFgaProbe(String store, OpenFgaBackend backend) {
        // An updated engine is made before the old one is stopped: two probes of one store must not be one.
        this.id = "openfga-" + store + "-" + Integer.toHexString(System.identityHashCode(this));
        this.backend = backend;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean isVisibleByDefault() {
        return false;
    }

    @Override
    public CompletionStage<Result> check() {
        return backend.health()
                .thenApply(health -> health.reachable() ? Result.healthy() : Result.unhealthy(health.detail()));
    }
}
