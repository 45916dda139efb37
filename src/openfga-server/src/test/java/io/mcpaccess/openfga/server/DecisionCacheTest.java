package io.mcpaccess.openfga.server;

import static io.mcpaccess.openfga.testing.Questions.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.DenialReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DecisionCacheTest {

    private final AtomicLong now = new AtomicLong();
    private final DecisionCache cache =
            new DecisionCache(new ServerSettings.Cache(Duration.ofSeconds(10), Duration.ofSeconds(2), 100), now::get);
    private final ByteBuffer key = new CacheKeys("store")
            .of("model", ask("user:alice", "can_call", "tool:pay"))
            .orElseThrow();

    @Test
    void case24_servesAnAllowUntilItsTimeAndNeverProlongsIt() {
        land(CheckResult.allowed());

        for (int second = 0; second < 10; second++) {
            assertThat(cache.find(key)).as("second " + second).contains(new CheckResult.Allowed(true));
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(cache.find(key)).isEmpty();
    }

    @Test
    void forgetsADenyEarlier() {
        land(CheckResult.denied());
        assertThat(cache.find(key)).isPresent();

        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(cache.find(key)).isEmpty();
    }

    @Test
    void remembersNothingThatIsNoPlainAnswer() {
        land(CheckResult.unavailable("down"));
        land(CheckResult.denied(DenialReason.CONDITION_MISSING, ""));
        land(CheckResult.denied(DenialReason.MODEL_MISMATCH, ""));

        assertThat(cache.find(key)).isEmpty();
    }

    @Test
    void case25_letsOneAskForAllWhoWantToKnow() {
        DecisionCache.InFlightCall first = cache.join(key);
        DecisionCache.InFlightCall second = cache.join(key);

        cache.finish(key, first, CheckResult.allowed());

        assertThat(first.mustAsk()).isTrue();
        assertThat(second.mustAsk()).isFalse();
        assertThat(second.answer().join()).isEqualTo(CheckResult.allowed());
        assertThat(cache.join(key).mustAsk()).isTrue();
    }

    @Test
    void case24_forgetsAtAWriteAndDoesNotRememberWhatWasInFlight() {
        land(CheckResult.allowed());
        DecisionCache.InFlightCall before = cache.join(key);

        cache.purge();
        DecisionCache.InFlightCall after = cache.join(key);
        cache.finish(key, before, CheckResult.allowed());

        assertThat(cache.find(key)).isEmpty();
        assertThat(after.mustAsk())
                .as("a call from before the write is not joined")
                .isTrue();
        assertThat(cache.join(key).mustAsk()).as("the call after it is").isFalse();
    }

    private void land(CheckResult result) {
        cache.finish(key, cache.join(key), result);
    }
}
