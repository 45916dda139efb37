package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentTokensTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private final RecentTokens recent = new RecentTokens(Duration.ofSeconds(10), 2);

    @Test
    void remembersUntilTheTimeToLiveHasPassed() {
        recent.remember("t", expiring(2_000), NOW);
        assertThat(recent.find("t", NOW.plusMillis(9_999))).isPresent();
        assertThat(recent.find("t", NOW.plusSeconds(10))).isEmpty();
    }

    @Test
    void remembersNoLongerThanTheTokenLives() {
        recent.remember("t", expiring(1_003), NOW);
        assertThat(recent.find("t", NOW.plusSeconds(2))).isPresent();
        assertThat(recent.find("t", NOW.plusSeconds(3))).isEmpty();
    }

    @Test
    void aHitDoesNotProlongIt() {
        recent.remember("t", expiring(2_000), NOW);
        for (int second = 1; second < 10; second++) {
            assertThat(recent.find("t", NOW.plusSeconds(second))).isPresent();
        }
        assertThat(recent.find("t", NOW.plusSeconds(10))).isEmpty();
    }

    @Test
    void keepsNoTokenWhoseExpiryIsUnknown() {
        recent.remember("t", token(Optional.empty()), NOW);
        assertThat(recent.size()).isZero();
    }

    @Test
    void dropsTheLeastRecentlyUsedWhenFull() {
        recent.remember("a", expiring(2_000), NOW);
        recent.remember("b", expiring(2_000), NOW);
        recent.find("a", NOW);
        recent.remember("c", expiring(2_000), NOW);
        assertThat(recent.find("a", NOW)).isPresent();
        assertThat(recent.find("b", NOW)).isEmpty();
        assertThat(recent.size()).isEqualTo(2);
    }

    @Test
    void forgetsWhenTold() {
        recent.remember("t", expiring(2_000), NOW);
        recent.forget("t");
        assertThat(recent.find("t", NOW)).isEmpty();
    }

    @Test
    void remembersNothingWithoutTimeToLive() {
        RecentTokens off = new RecentTokens(Duration.ZERO, 2);
        off.remember("t", expiring(2_000), NOW);
        assertThat(off.size()).isZero();
    }

    private static ActiveToken expiring(long second) {
        return token(Optional.of(Instant.ofEpochSecond(second)));
    }

    private static ActiveToken token(Optional<Instant> expiry) {
        return new ActiveToken(
                CallerKind.USER,
                Optional.of("alice"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                List.of(),
                Confirmation.none(),
                expiry);
    }
}
