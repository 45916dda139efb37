package io.mcpaccess.sandbox.node;

import io.gravitee.node.api.healthcheck.Probe;
import io.gravitee.node.api.healthcheck.ProbeManager;
import io.gravitee.node.api.healthcheck.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The node's health probes: AM's ProbeManager, and what its technical API says of them. Probes that are not visible by default neither
 * show nor count.
 */
public final class NodeHealth implements ProbeManager {
    /** Where the health is served. */
    public static final String PATH = "/_node/health";

    private final Map<String, Probe> probes = new ConcurrentHashMap<>();

    @Override
    public List<Probe> getProbes() {
        return List.copyOf(probes.values());
    }

    @Override
    public void register(Probe probe) {
        probes.put(probe.id(), probe);
    }

    @Override
    public void unregister(Probe probe) {
        probes.remove(probe.id(), probe);
    }

    /**
     * Asks the visible probes.
     *
     * @return their results by id; a probe that fails is unhealthy
     */
    public CompletionStage<Map<String, Result>> check() {
        Map<String, CompletableFuture<Result>> asked = new TreeMap<>();
        probes.values().stream().filter(Probe::isVisibleByDefault).forEach(probe -> asked.put(probe.id(), ask(probe)));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    Map<String, Result> results = new TreeMap<>();
                    asked.forEach((id, result) -> results.put(id, result.join()));
                    return results;
                });
    }

    /**
     * The HTTP status of a node.
     *
     * @param results what the probes said
     * @return 200, or 500 where one is unhealthy
     */
    public static int status(Map<String, Result> results) {
        return results.values().stream().allMatch(Result::isHealthy) ? 200 : 500;
    }

    private static CompletableFuture<Result> ask(Probe probe) {
        try {
            return probe.check().toCompletableFuture().exceptionally(Result::unhealthy);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(Result.unhealthy(e));
        }
    }
}
