package io.mcpaccess.amctl.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantTermsTest {

    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    private static final JsonNode MODEL = Json.read("""
            {"conditions": {
              "up_to": {"parameters": {"amount": {"type_name": "TYPE_NAME_DOUBLE"}, "limit": {"type_name": "TYPE_NAME_DOUBLE"}}},
              "until": {"parameters": {"current_time": {"type_name": "TYPE_NAME_TIMESTAMP"},
                                       "valid_until": {"type_name": "TYPE_NAME_TIMESTAMP"}}}}}""");

    @Test
    void aTimeIsTheConditionWithTheEnginesClock() {
        assertThat(new GrantTerms(Optional.of(END), Map.of())
                        .condition(MODEL)
                        .orElseThrow()
                        .toString())
                .isEqualTo("{\"name\":\"until\",\"context\":{\"valid_until\":\"2027-01-01T00:00:00Z\"}}");
    }

    @Test
    void aLimitIsTheConditionWithThatArgument() {
        assertThat(new GrantTerms(Optional.empty(), Map.of("amount", "500"))
                        .condition(MODEL)
                        .orElseThrow()
                        .toString())
                .isEqualTo("{\"name\":\"up_to\",\"context\":{\"limit\":500.0}}");
    }

    @Test
    void withoutTermsThereIsNoCondition() {
        assertThat(new GrantTerms(Optional.empty(), Map.of()).condition(MODEL)).isEmpty();
    }

    @Test
    void whatTheModelCannotSayIsSaid() {
        assertThatThrownBy(() -> new GrantTerms(Optional.of(END), Map.of("amount", "5")).condition(MODEL))
                .hasMessageContaining("no condition for a time")
                .hasMessageContaining("amount");
        assertThatThrownBy(() -> new GrantTerms(Optional.empty(), Map.of("amount", "much")).condition(MODEL))
                .hasMessageContaining("no number");
    }

    @Test
    void spansHaveAUnit() {
        assertThat(GrantTerms.span("2h")).isEqualTo(Duration.ofHours(2));
        assertThat(GrantTerms.span("7d")).isEqualTo(Duration.ofDays(7));
        assertThatThrownBy(() -> GrantTerms.span("2")).hasMessageContaining("2h");
        assertThatThrownBy(() -> GrantTerms.moment("tomorrow")).hasMessageContaining("2027-01-01");
    }

    @Test
    void aGrantIsExpiredAtItsMoment() {
        StoredGrant grant = new StoredGrant(
                Json.read("{\"user\": \"user:a\", \"relation\": \"can_call\", \"object\": \"tool:b\", \"condition\":"
                        + " {\"name\": \"until\", \"context\": {\"valid_until\": \"2027-01-01T00:00:00Z\"}}}"));

        assertThat(grant.isExpired(END)).isTrue();
        assertThat(grant.isExpired(END.minusSeconds(1))).isFalse();
        assertThat(grant.words()).isEqualTo("user:a can_call tool:b with until valid_until=2027-01-01T00:00:00Z");
    }
}
