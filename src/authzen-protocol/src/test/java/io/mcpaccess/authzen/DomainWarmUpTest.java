package io.mcpaccess.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.authzen.testing.AmDomain;
import io.mcpaccess.authzen.testing.SpiEngine;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DomainWarmUpTest {

    @Test
    void theEngineIsAskedAboutNobodyBeforeTheFirstCallerAndNothingIsAudited() throws Exception {
        SpiEngine engine = new SpiEngine();
        try (AmDomain domain = AmDomain.startedWith(engine)) {
            assertThat(engine.asked)
                    .isNotEmpty()
                    .allSatisfy(asked -> assertThat(asked).hasToString("user:warm-up can_call tool:warm-up"));
            assertThat(domain.audited).isEmpty();
        }
    }

    @Test
    void anEngineThatIsSlowDownOrMissingHoldsNoDomainUp() throws Exception {
        SpiEngine slow = new SpiEngine();
        slow.delay = Duration.ofMinutes(1);
        SpiEngine down = new SpiEngine();
        down.down = true;
        for (SpiEngine engine : new SpiEngine[] {slow, down, null}) {
            AmDomain domain = new AmDomain(Map.of());
            domain.engine(engine);
            long begin = System.nanoTime();
            domain.start();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
            domain.close();
        }
    }
}
