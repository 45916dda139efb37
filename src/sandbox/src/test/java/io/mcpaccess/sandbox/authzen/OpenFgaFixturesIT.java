package io.mcpaccess.sandbox.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real OpenFGA. */
class OpenFgaFixturesIT extends AuthZenFixtures {

    private RealOpenFga openfga;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        openfga = RealOpenFga.startOrSkip();
        pdp = new Pdp.Domains(folder)
                .server(CERTIFICATION, openfga, StoreFiles.own("certification.fga.yaml"))
                .server(TODO, openfga, StoreFiles.own("todo.fga.yaml"))
                .server(WIDE, openfga, wide())
                .server(SEARCH, openfga, StoreFiles.own("search.fga.yaml"))
                .start();
    }

    @Test
    void check29AWrittenTupleCountsAtOnceAndADeletedOneNoMore(@TempDir Path otherFolder) throws Exception {
        RealOpenFga.Store store = openfga.store(StoreFiles.own("certification.fga.yaml"));
        String question = evaluation("carol", "", "read", "", "record-1", "");
        ObjectNode tuple = new ObjectMapper()
                .createObjectNode()
                .put("user", "user:carol")
                .put("relation", "read")
                .put("object", "record:record-1");
        try (Pdp own = new Pdp.Domains(otherFolder)
                .with(
                        "fresh",
                        "{mode: server, connectionUri: \"" + openfga.url() + "\", storeId: " + store.id()
                                + ", authorizationModelId: " + store.modelId() + ", consistency: HIGHER_CONSISTENCY}")
                .start()) {
            assertThat(own.answer("fresh", "/evaluation", question)
                            .path("decision")
                            .booleanValue())
                    .isFalse();
            openfga.write(store.id(), new ObjectMapper().createArrayNode().add(tuple));
            assertThat(own.answer("fresh", "/evaluation", question)
                            .path("decision")
                            .booleanValue())
                    .isTrue();
            openfga.delete(store.id(), tuple);
            assertThat(own.answer("fresh", "/evaluation", question)
                            .path("decision")
                            .booleanValue())
                    .isFalse();
        }
    }

    @AfterAll
    void stopOpenFga() {
        if (openfga != null) {
            openfga.close();
        }
    }
}
