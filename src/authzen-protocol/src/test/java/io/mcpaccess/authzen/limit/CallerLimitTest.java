package io.mcpaccess.authzen.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerLimitTest {

    private long now = Long.MAX_VALUE - 5;
    private final CallerLimit limit = CallerLimit.of(new RateLimitSettings(2, 3), () -> now);

    @Test
    void allowsABurstAndThenTheRate() {
        assertThat(allowed("a", 5)).isEqualTo(3);
        now += 500_000_000L;
        assertThat(allowed("a", 5)).isEqualTo(1);
        now += 60_000_000_000L;
        assertThat(allowed("a", 5)).isEqualTo(3);
    }

    @Test
    void saysInWholeSecondsHowLongToWait() {
        allowed("a", 3);
        assertThat(limit.refusal("a")).contains(Duration.ofSeconds(1));
    }

    @Test
    void aRefusedRequestCostsNothing() {
        allowed("a", 1000);
        now += 500_000_000L;
        assertThat(limit.refusal("a")).isEmpty();
    }

    @Test
    void callersDoNotShareABucket() {
        allowed("a", 5);
        assertThat(limit.refusal("b")).isEmpty();
    }

    @Test
    void withoutALimitEverythingIsAllowed() {
        assertThat(IntStream.range(0, 10_000)
                        .allMatch(each -> CallerLimit.NONE.refusal("a").isEmpty()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, , 10, 20", "10, 1, 10, 1", "1, 500, 1, 500"})
    void readsItsSettings(String rate, String burst, int expectedRate, int expectedBurst) {
        assertThat(RateLimitSettings.read(key -> key.equals(RateLimitSettings.BURST) ? burst : rate))
                .contains(new RateLimitSettings(expectedRate, expectedBurst));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "ten, 1", "1.5, 1", "10, 0", "10, many", "2000000000, ", ", 5"})
    void whatIsNoLimitIsNone(String rate, String burst) {
        Map<String, String> settings = new java.util.HashMap<>();
        settings.put(RateLimitSettings.REQUESTS_PER_SECOND, rate);
        settings.put(RateLimitSettings.BURST, burst);
        assertThat(RateLimitSettings.read(settings::get)).isEmpty();
    }

    private long allowed(String caller, int requests) {
        return IntStream.range(0, requests)
                .filter(each -> limit.refusal(caller).isEmpty())
                .count();
    }
}
