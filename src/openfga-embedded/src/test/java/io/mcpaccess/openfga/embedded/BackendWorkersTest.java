package io.mcpaccess.openfga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendWorkersTest {

    private final BackendWorkers workers = new BackendWorkers();

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void anErrorEndsTheFutureToo() {
        assertThat(workers.run(() -> {
                    throw new NoClassDefFoundError("gone");
                }))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withRootCauseInstanceOf(NoClassDefFoundError.class);
    }
}
