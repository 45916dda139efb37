package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.DenialReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EngineMeters meters = new EngineMeters(registry, "store");

    @Test
    void countsAnswersByOutcomeAndReason() {
        meters.answered(meters.start(), CheckResult.allowed());
        meters.answered(
                meters.start(),
                List.of(
                        CheckResult.denied(),
                        CheckResult.denied(DenialReason.CONDITION_MISSING, "x"),
                        CheckResult.unavailable("y"),
                        new CheckResult.Allowed(true)));

        assertThat(answers("allowed", "permitted", "false")).isEqualTo(1);
        assertThat(answers("allowed", "permitted", "true")).isEqualTo(1);
        assertThat(answers("denied", "permission_denied", "false")).isEqualTo(1);
        assertThat(answers("denied", "condition_missing", "false")).isEqualTo(1);
        assertThat(answers("unavailable", "engine_unavailable", "false")).isEqualTo(1);
        assertThat(registry.get("mcp.access.openfga.answer")
                        .tag("call", "batch")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void showsTheBreakerOfTheNewestEngineOfAStore() {
        meters.start();
        meters.breakerChanged("open");
        assertThat(breaker()).isEqualTo(2);

        EngineMeters updated = new EngineMeters(registry, "store");
        updated.start();
        meters.close();
        assertThat(breaker()).isZero();

        updated.breakerChanged("half_open");
        assertThat(breaker()).isEqualTo(1);
        updated.close();
        assertThat(registry.find("mcp.access.openfga.breaker").gauge()).isNull();
    }

    @Test
    void anEngineThatIsOnlyValidatedLeavesTheBreakerOfTheOneAtWork() {
        meters.start();
        meters.breakerChanged("open");

        new EngineMeters(registry, "store").close();

        assertThat(breaker()).isEqualTo(2);
    }

    @Test
    void hasNoLabelThatNamesUsersOrTools() {
        meters.answered(meters.start(), CheckResult.allowed());
        meters.retried();
        meters.cacheAsked(true);

        assertThat(registry.getMeters())
                .flatMap(meter -> meter.getId().getTags())
                .extracting(tag -> tag.getKey())
                .isSubsetOf("outcome", "reason", "remembered", "call", "store", "result", "le");
    }

    private double answers(String outcome, String reason, String remembered) {
        return registry.get("mcp.access.openfga.answers")
                .tags("outcome", outcome, "reason", reason, "remembered", remembered)
                .counter()
                .count();
    }

    private double breaker() {
        return registry.get("mcp.access.openfga.breaker").gauge().value();
    }
}
