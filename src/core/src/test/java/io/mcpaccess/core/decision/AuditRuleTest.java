package io.mcpaccess.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.core.decision.AuditRule.Choice;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRuleTest {

    private static final Outcome PERMITTED = new Outcome.Permitted(List.of());

    private final AtomicInteger turn = new AtomicInteger();
    private final IntUnaryOperator turns = bound -> turn.getAndIncrement() % bound;

    @ParameterizedTest
    @EnumSource
    void whatIsNotPlainlyPermittedIsAlwaysAudited(Choice choice) {
        AuditRule rule = AuditRule.of(choice, 1000);
        for (Outcome outcome : List.of(
                new Outcome.Refused(ReasonCode.PERMISSION_DENIED, List.of(), Map.of()),
                new Outcome.Shadowed(ReasonCode.PERMISSION_DENIED, List.of(), false),
                new Outcome.Unavailable(ReasonCode.ENGINE_UNAVAILABLE, "No answer."))) {
            assertThat(rule.takes(outcome, bound -> bound - 1))
                    .as(outcome.toString())
                    .isTrue();
        }
    }

    @Test
    void everyPermittedCallUnlessToldOtherwise() {
        assertThat(taken(AuditRule.of(Choice.ALL, 1000), 100)).isEqualTo(100);
    }

    @Test
    void noPermittedCallWhereOnlyRefusalsAreWanted() {
        assertThat(taken(AuditRule.of(Choice.REFUSED, 1), 100)).isZero();
    }

    @Test
    void oneOfSoManyPermittedCalls() {
        assertThat(taken(AuditRule.of(Choice.SAMPLE, 20), 100)).isEqualTo(5);
        assertThat(taken(AuditRule.of(Choice.SAMPLE, 100), 100)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, AuditRule.LARGEST_SAMPLE + 1})
    void aSampleOutOfBoundsIsNone(int sample) {
        assertThatThrownBy(() -> AuditRule.of(Choice.SAMPLE, sample)).hasMessageContaining("not one in " + sample);
    }

    private long taken(AuditRule rule, int calls) {
        return IntStream.range(0, calls)
                .filter(call -> rule.takes(PERMITTED, turns))
                .count();
    }
}
