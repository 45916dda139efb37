package io.mcpaccess.sandbox.node;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;

/**
 * Metrics of one node: a Prometheus registry that {@code io.gravitee.node.monitoring.metrics.Metrics} finds, as with
 * {@code services.metrics.enabled=true} on AM. Served on the node's own port, which stands in for AM's technical API.
 */
public final class NodeMetrics {
    /** Where the metrics are served. */
    public static final String PATH = "/_node/metrics/prometheus";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /**
     * Makes the node's Vert.x, which publishes the registry.
     *
     * @return a new Vert.x
     */
    public Vertx vertx() {
        return Vertx.builder()
                .with(new VertxOptions().setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .build();
    }

    /**
     * All metrics.
     *
     * @return text in Prometheus's format
     */
    public String scrape() {
        return registry.scrape();
    }

    /** Closes the registry. */
    public void close() {
        registry.close();
    }
}
