package io.mcpaccess.engine;

import io.gravitee.node.monitoring.metrics.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Finds the registry behind the node's metrics endpoint. */
final class NodeMetrics {

    private NodeMetrics() {}

    /**
     * The node's registry. AM logs an error at each look-up while its metrics are off: ask once an engine.
     *
     * @return the registry; one that nobody reads where the node has none
     */
    static MeterRegistry registry() {
        try {
            MeterRegistry registry = Metrics.getDefaultRegistry();
            return registry == null ? new SimpleMeterRegistry() : registry;
        } catch (RuntimeException | LinkageError e) {
            return new SimpleMeterRegistry();
        }
    }
}
