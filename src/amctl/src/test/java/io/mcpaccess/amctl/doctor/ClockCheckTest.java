package io.mcpaccess.amctl.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void aSlowAnswerIsNoFalseClock() {
        assertThat(check(0, 9)).extracting(Finding::grade).containsExactly(Finding.Grade.OK);
    }

    @Test
    void saysWhichClocksAreApart() {
        assertThat(check(5, -90)).singleElement().satisfies(finding -> {
            assertThat(finding.isIll()).isTrue();
            assertThat(finding.line()).contains("management node and gateway are 95 s apart", "NTP");
        });
    }

    @Test
    void nodesThatAgreeWithEachOtherAndNotWithThisMachineAreToldSo() {
        assertThat(check(40, 41))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.line()).contains("management node and this machine are 40 s apart"));
    }

    @Test
    void whatTellsNoTimeIsNotJudged() {
        assertThat(ClockCheck.of(Optional.empty(), Optional.empty())).isEmpty();
        assertThat(ClockCheck.ahead(Optional.empty(), NOW)).isEmpty();
        assertThat(ClockCheck.of(ClockCheck.ahead(Optional.of(NOW), NOW), Optional.empty()))
                .extracting(Finding::grade)
                .containsExactly(Finding.Grade.OK);
    }

    private static List<Finding> check(int management, int gateway) {
        return ClockCheck.of(Optional.of(Duration.ofSeconds(management)), Optional.of(Duration.ofSeconds(gateway)));
    }
}
