package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gravitee.node.api.healthcheck.Probe;
import io.gravitee.node.api.healthcheck.ProbeManager;
import io.mcpaccess.engine.testing.AmNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenFgaProbeTest {

    private static final String NOWHERE =
            "{\"connectionUri\":\"http://127.0.0.1:1\",\"storeId\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"}";

    private final Probes probes = new Probes();

    @Test
    void showsThatTheStoreIsDownWithoutTurningTheNodeRed() throws Exception {
        try (AmNode node = new AmNode(Map.of(), probes)) {
            OpenFgaProvider provider = node.create(NOWHERE);
            Probe probe = probes.getProbes().get(0);

            assertThat(probe.isVisibleByDefault()).isFalse();
            assertThat(probe.check().toCompletableFuture().join().isHealthy()).isFalse();
            provider.stop();
        }
    }

    @Test
    void comesWithItsEngineAndGoesWithIt() throws Exception {
        try (AmNode node = new AmNode(Map.of(), probes)) {
            OpenFgaProvider old = node.create(NOWHERE);
            OpenFgaProvider updated = node.create(NOWHERE);
            assertThat(probes.getProbes()).hasSize(2).doesNotHaveDuplicates();

            old.stop();
            assertThat(probes.getProbes()).hasSize(1);
            updated.close();
            updated.stop();
            assertThat(probes.getProbes()).isEmpty();
        }
    }

    @Test
    void hasANameThatCanBeKnownAndSurvivesThatAConfigurationIsTried() throws Exception {
        ByName byName = new ByName();
        try (AmNode node = new AmNode(Map.of(), byName)) {
            OpenFgaProvider working = node.create(NOWHERE);
            Probe probe = byName.getProbes().get(0);
            assertThat(probe.id()).isEqualTo("openfga-01ARZ3NDEKTSV4RRFFQ69G5FAV");

            OpenFgaProvider tried = node.create(NOWHERE);
            tried.close();
            assertThat(byName.getProbes()).containsExactly(probe);

            OpenFgaProvider updated = node.create(NOWHERE);
            working.stop();
            assertThat(byName.getProbes()).hasSize(1).doesNotContain(probe);
            updated.stop();
            assertThat(byName.getProbes()).isEmpty();
        }
    }

    /** As AM's: one probe of a name. */
    private static final class ByName implements ProbeManager {

        private final Map<String, Probe> registered = new LinkedHashMap<>();

        @Override
        public List<Probe> getProbes() {
            return List.copyOf(registered.values());
        }

        @Override
        public void register(Probe probe) {
            registered.put(probe.id(), probe);
        }

        @Override
        public void unregister(Probe probe) {
            registered.remove(probe.id());
        }
    }

    private static final class Probes implements ProbeManager {

        private final List<Probe> registered = new ArrayList<>();

        @Override
        public List<Probe> getProbes() {
            return registered;
        }

        @Override
        public void register(Probe probe) {
            registered.add(probe);
        }

        @Override
        public void unregister(Probe probe) {
            registered.remove(probe);
        }
    }
}
