package io.mcpaccess.openfga.embedded.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.StoredTuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantEndTest {

    private static final Map<String, Object> NOW = Map.of("current_time", "2026-06-01T12:00:00Z");

    private static Optional<Instant> end(List<String> parameters, Map<String, Object> stored) {
        return GrantEnd.of(parameters, NOW, new StoredTuple.Condition("some", stored));
    }

    @Test
    void oneMomentThatIsOverIsTheEnd() {
        List<String> parameters = List.of("current_time", "end");

        assertThat(end(parameters, Map.of("end", "2026-06-01T12:00:00Z")))
                .contains(Instant.parse("2026-06-01T12:00:00Z"));
        assertThat(end(parameters, Map.of("end", "2026-06-01T13:30:00+02:00")))
                .contains(Instant.parse("2026-06-01T11:30:00Z"));
        assertThat(end(parameters, Map.of("end", "2026-06-01T12:00:01Z"))).isEmpty();
    }

    @Test
    void aStartAndADurationMakeAnEnd() {
        List<String> parameters = List.of("current_time", "grant_time", "grant_duration");

        assertThat(end(parameters, Map.of("grant_time", "2026-06-01T10:00:00Z", "grant_duration", "1h30m")))
                .contains(Instant.parse("2026-06-01T11:30:00Z"));
        assertThat(end(parameters, Map.of("grant_time", "2026-06-01T10:00:00Z", "grant_duration", "1500ms0.5s")))
                .contains(Instant.parse("2026-06-01T10:00:02Z"));
        assertThat(end(parameters, Map.of("grant_time", "2026-06-01T11:00:00Z", "grant_duration", "2h")))
                .isEmpty();
    }

    @Test
    void whatIsFalseForAnotherReasonHasNoEnd() {
        assertThat(end(List.of("amount", "limit"), Map.of("limit", 5))).isEmpty();
        assertThat(end(List.of("current_time", "end", "amount"), Map.of("end", "2020-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(end(
                        List.of("current_time", "from", "to"),
                        Map.of("from", "2020-01-01T00:00:00Z", "to", "2021-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(end(List.of("current_time", "end"), Map.of("end", "yesterday")))
                .isEmpty();
        assertThat(end(List.of("current_time", "end"), Map.of("end", "9".repeat(50) + "h")))
                .isEmpty();
        assertThat(GrantEnd.of(
                        List.of("current_time", "end"),
                        Map.of(),
                        new StoredTuple.Condition("some", Map.of("end", "2020-01-01T00:00:00Z"))))
                .isEmpty();
    }
}
