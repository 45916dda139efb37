package io.mcpaccess.engine;

import io.gravitee.node.api.healthcheck.Probe;
import io.gravitee.node.api.healthcheck.ProbeManager;
import io.gravitee.node.api.healthcheck.Result;
import io.mcpaccess.openfga.StoreHealth;
import java.util.concurrent.CompletionStage;

/**
 * Shows on the node's health endpoint whether the store answers, to those who ask for this probe. It is not visible by
 * default: a store that is down must not make the whole node look sick, and have it taken out of service.
 */
final class OpenFgaProbe implements Probe {

    private final String id;
    private final StoreHealth health;
    private OpenFgaProbe before;
    private volatile boolean isClosed;

    /**
     * A probe that is not registered yet.
     *
     * @param store the store's id or file name; the probe is called {@code openfga-} and this
     * @param health says how the store is
     */
    OpenFgaProbe(String store, StoreHealth health) {
        this.id = "openfga-" + store;
        this.health = health;
    }

    /**
     * Takes the place of the probe of the same store. AM makes an updated engine before it stops the old one, and
     * others only to try a configuration; the node keeps one probe of a name.
     */
    synchronized void register(ProbeManager manager) {
        before = manager.getProbes().stream()
                .filter(probe -> probe instanceof OpenFgaProbe && probe.id().equals(id))
                .map(OpenFgaProbe.class::cast)
                .findFirst()
                .orElse(null);
        manager.register(this);
    }

    /** Leaves, and gives its place back to the one before if that is still at work. */
    synchronized void unregister(ProbeManager manager) {
        isClosed = true;
        if (manager.getProbes().stream().anyMatch(probe -> probe == this)) {
            manager.unregister(this);
            OpenFgaProbe next = before;
            while (next != null && next.isClosed) {
                next = next.before;
            }
            OpenFgaProbe working = next;
            if (working != null && manager.getProbes().stream().noneMatch(probe -> probe == working)) {
                manager.register(working);
            }
        }
        before = null;
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
        return health.health()
                .thenApply(report -> report.reachable() ? Result.healthy() : Result.unhealthy(report.detail()));
    }
}
