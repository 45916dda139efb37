package io.mcpaccess.sandbox.authzen;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** On the engine that evaluates in process. */
class EmbeddedFixturesIT extends AuthZenFixtures {

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        pdp = new Pdp.Domains(folder)
                .embedded(CERTIFICATION, StoreFiles.own("certification.fga.yaml"))
                .embedded(TODO, StoreFiles.own("todo.fga.yaml"))
                .embedded(WIDE, wide())
                .embedded(SEARCH, StoreFiles.own("search.fga.yaml"))
                .start();
    }
}
