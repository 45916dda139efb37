package io.mcpaccess.support;

import io.gravitee.node.monitoring.metrics.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the node's meter registry. */
public final class NodeMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(NodeMetrics.class);

    private NodeMetrics() {}

    /**
     * The registry behind {@code /_node/metrics/prometheus}. AM logs an error at every look-up while its metrics are off,
     * so ask once.
     *
     * @return the registry, or one that nobody reads where the node has none
     */
    public static MeterRegistry registry() {
        try {
            MeterRegistry registry = Metrics.getDefaultRegistry();
            return registry == null ? new SimpleMeterRegistry() : registry;
        } catch (RuntimeException | LinkageError e) {
            LOG.info("This node has no metrics registry; decisions are not counted: {}", e.toString());
            return new SimpleMeterRegistry();
        }
    }
}
