package io.mcpaccess.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gravitee.node.api.healthcheck.Probe;
import io.gravitee.node.api.healthcheck.Result;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NodeHealthTest {
    private final NodeHealth health = new NodeHealth();

    @Test
    void oneUnhealthyProbeTurnsTheNodeRed() {
        health.register(probe("good", true, () -> CompletableFuture.completedFuture(Result.healthy())));
        assertThat(NodeHealth.status(check())).isEqualTo(200);

        Probe bad = probe("bad", true, () -> CompletableFuture.failedFuture(new IllegalStateException("down")));
        health.register(bad);
        assertThat(check()).containsOnlyKeys("good", "bad");
        assertThat(NodeHealth.status(check())).isEqualTo(500);

        health.unregister(bad);
        assertThat(NodeHealth.status(check())).isEqualTo(200);
    }

    @Test
    void probeThatIsNotVisibleNeitherShowsNorCounts() {
        health.register(probe("hidden", false, () -> CompletableFuture.completedFuture(Result.unhealthy("down"))));

        assertThat(check()).isEmpty();
        assertThat(health.getProbes()).hasSize(1);
    }

    @Test
    void probeThatThrowsIsUnhealthy() {
        health.register(probe("broken", true, () -> {
            throw new IllegalStateException("broken");
        }));

        assertThat(check().get("broken").isHealthy()).isFalse();
    }

    private Map<String, Result> check() {
        return health.check().toCompletableFuture().join();
    }

    private static Probe probe(String id, boolean visible, Supplier<CompletionStage<Result>> check) {
        return new Probe() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public CompletionStage<Result> check() {
                return check.get();
            }

            @Override
            public boolean isVisibleByDefault() {
                return visible;
            }
        };
    }
}
