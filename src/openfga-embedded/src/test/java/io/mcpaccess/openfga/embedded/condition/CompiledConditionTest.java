package io.mcpaccess.openfga.embedded.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.openfga.embedded.condition.cel.ParameterType;
import io.mcpaccess.openfga.embedded.condition.cel.ParameterType.Kind;
import io.mcpaccess.openfga.embedded.condition.cel.Span;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledConditionTest {

    private static ParameterType of(Kind kind) {
        return new ParameterType(kind, Optional.empty());
    }

    private static CompiledCondition condition(String expression, Map<String, ParameterType> parameters) {
        return CompiledCondition.compile(new ConditionDefinition("c", expression, parameters));
    }

    private static ConditionOutcome evaluate(Kind kind, String expression, Object value) {
        return condition(expression, Map.of("x", of(kind))).evaluate(Map.of("x", value), Map.of());
    }

    @Test
    void storedValuesWin() {
        CompiledCondition condition = condition("x == 1", Map.of("x", of(Kind.INT)));
        assertThat(condition.evaluate(Map.of("x", 2), Map.of("x", 1))).isInstanceOf(ConditionOutcome.Met.class);
        assertThat(condition.evaluate(Map.of("x", 1), Map.of("x", 2))).isInstanceOf(ConditionOutcome.NotMet.class);
    }

    @Test
    void case23_aMissingParameterIsUndecidedEvenWhereItWouldNotMatter() {
        CompiledCondition condition = condition("x || y", Map.of("x", of(Kind.BOOL), "y", of(Kind.BOOL)));
        ConditionOutcome outcome = condition.evaluate(Map.of("x", true), Map.of());
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ConditionOutcome.Undecided.class,
                        undecided -> assertThat(undecided.parameters()).containsExactly("y"));
    }

    @Test
    void case23_anErrorOfTheExpressionIsUndecided() {
        assertThat(evaluate(Kind.INT, "10 / x == 1", 0)).isInstanceOf(ConditionOutcome.Undecided.class);
        assertThat(evaluate(Kind.STRING, "int(x) == 1", "one")).isInstanceOf(ConditionOutcome.Undecided.class);
    }

    @Test
    void messagesNeverHoldValues() {
        ConditionOutcome outcome = evaluate(Kind.TIMESTAMP, "x > timestamp(\"2026-01-01T00:00:00Z\")", "s3cret");
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ConditionOutcome.Undecided.class,
                        undecided -> assertThat(undecided.message())
                                .doesNotContain("s3cret")
                                .contains("'x'"));
    }

    @ParameterizedTest
    @CsvSource({"1h30m,5400", "90m,5400", "5400s,5400", "1.5h,5400", "5400000ms,5400", "-1h,-3600", "0,0"})
    void readsDurationsAsGoDoes(String text, long seconds) {
        assertThat(Span.parse(text)).isEqualTo(new Span(seconds * 1_000_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "h", "1x", "1h-30m", " 1h", "1 h", "9999999h"})
    void refusesDurationsThatGoRefuses(String text) {
        assertThat(Span.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31", "2026-01-31T08:00Z", "2026-01-31 08:00:00Z", "2026-13-31T08:00:00Z"})
    void refusesTimestampsThatAreNotRfc3339(String text) {
        assertThat(evaluate(Kind.TIMESTAMP, "x == x", text)).isInstanceOf(ConditionOutcome.Undecided.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.0.1,192.168.0.0/24,true",
        "192.168.1.1,192.168.0.0/24,false",
        "192.168.1.1,0.0.0.0/0,true",
        "::ffff:192.168.0.1,192.168.0.0/24,true",
        "192.168.0.1,::ffff:192.168.0.0/120,true",
        "2001:db8::1,2001:db8::/32,true",
        "2001:db9::1,2001:db8::/32,false",
        "192.168.0.1,2001:db8::/32,false",
        "fe80::1%eth0,fe80::/10,false"
    })
    void knowsNetworks(String address, String network, boolean in) {
        assertThat(evaluate(Kind.IPADDRESS, "x.in_cidr('" + network + "')", address))
                .isEqualTo(in ? new ConditionOutcome.Met() : new ConditionOutcome.NotMet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4/8", "", "::g"})
    void refusesWhatIsNoAddress(String text) {
        assertThat(evaluate(Kind.IPADDRESS, "x == x", text)).isInstanceOf(ConditionOutcome.Undecided.class);
    }

    @Test
    void aMalformedNetworkIsUndecided() {
        for (String network : List.of("10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "ten/8", "::/129")) {
            assertThat(evaluate(Kind.IPADDRESS, "x.in_cidr('" + network + "')", "10.0.0.1"))
                    .as(network)
                    .isInstanceOf(ConditionOutcome.Undecided.class);
        }
    }

    @Test
    void anyTakesWhatJsonHolds() {
        assertThat(evaluate(Kind.ANY, "x == 'a'", "a")).isInstanceOf(ConditionOutcome.Met.class);
        assertThat(evaluate(Kind.ANY, "x.deep[0] == true", Map.of("deep", List.of(true))))
                .isInstanceOf(ConditionOutcome.Met.class);
        assertThat(evaluate(Kind.ANY, "x == 1.0", 1)).isInstanceOf(ConditionOutcome.Met.class);
    }

    @Test
    void valuesOfDifferentTypesAreUnequal() {
        for (Object value : List.of("b", 5, true, List.of("a"), Map.of("a", "a"))) {
            assertThat(evaluate(Kind.ANY, "x == 'a'", value)).as("%s", value).isEqualTo(new ConditionOutcome.NotMet());
            assertThat(evaluate(Kind.ANY, "x != 'a'", value)).as("%s", value).isEqualTo(new ConditionOutcome.Met());
        }
        assertThat(evaluate(Kind.ANY, "x < 'a'", 5)).isInstanceOf(ConditionOutcome.Undecided.class);
        assertThat(evaluate(Kind.ANY, "x.y == 'a'", Map.of())).isInstanceOf(ConditionOutcome.Undecided.class);
    }

    @Test
    void refusesExpressionsThatGiveNoBool() {
        assertThatThrownBy(() -> condition("x + 1", Map.of("x", of(Kind.INT))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("'c'");
        assertThatThrownBy(() -> condition("y", Map.of("x", of(Kind.BOOL)))).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> condition("x ==", Map.of("x", of(Kind.BOOL))))
                .isInstanceOf(InvalidModelException.class);
    }
}
