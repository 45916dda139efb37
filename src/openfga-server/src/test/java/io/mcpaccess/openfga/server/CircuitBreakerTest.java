package io.mcpaccess.openfga.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.server.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private final AtomicLong now = new AtomicLong();
    private final List<State> told = new ArrayList<>();
    private final CircuitBreaker breaker = new CircuitBreaker(
            new ServerSettings.Breaker(3, Duration.ofSeconds(5)), Duration.ofSeconds(1), now::get, told::add);

    @Test
    void opensAtOnceOnFailuresThatAreNoMatterOfTime() {
        breaker.failed();
        breaker.failed();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        breaker.failed();

        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.tryAcquire()).isFalse();
        assertThat(told).containsExactly(State.OPEN);
    }

    @Test
    void oneSlowMomentIsNoOutageHoweverManySeeIt() {
        for (int i = 0; i < 500; i++) {
            breaker.keptSilent();
        }
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        pass(Duration.ofMillis(999));
        breaker.keptSilent();

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void opensWhenNothingIsAnsweredForLong() {
        breaker.keptSilent();
        breaker.keptSilent();
        pass(Duration.ofSeconds(1));
        breaker.keptSilent();

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void anAnswerBeginsTheCountAnew() {
        breaker.keptSilent();
        breaker.keptSilent();
        pass(Duration.ofSeconds(1));
        breaker.succeeded();
        breaker.keptSilent();
        breaker.keptSilent();
        breaker.keptSilent();

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void letsOneQuestionThroughAfterThePause() {
        open();
        pass(Duration.ofSeconds(5));

        assertThat(breaker.isShut()).isFalse();
        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(breaker.isShut()).isTrue();
        assertThat(breaker.tryAcquire()).isFalse();
        breaker.succeeded();
        assertThat(told).containsExactly(State.OPEN, State.HALF_OPEN, State.CLOSED);
    }

    @Test
    void theQuestionThatWasLetThroughShutsItAgainHoweverItFails() {
        open();
        pass(Duration.ofSeconds(5));
        breaker.tryAcquire();
        breaker.keptSilent();

        assertThat(breaker.isShut()).isTrue();
        pass(Duration.ofSeconds(5));
        assertThat(breaker.tryAcquire()).isTrue();
    }

    @Test
    void theNextMayTryWhereTheFirstHadTooLittleTime() {
        open();
        pass(Duration.ofSeconds(5));
        breaker.tryAcquire();
        breaker.learnedNothing();

        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(breaker.tryAcquire()).isFalse();
    }

    @Test
    void whatHadTooLittleTimeCountsForNothing() {
        for (int i = 0; i < 100; i++) {
            breaker.learnedNothing();
            pass(Duration.ofSeconds(1));
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(told).isEmpty();
    }

    private void open() {
        breaker.failed();
        breaker.failed();
        breaker.failed();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
