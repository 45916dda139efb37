package io.mcpaccess.openfga.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration ALLOWED = Duration.ofMillis(500);

    private final Turns turns = new Turns(Turns.FIRST, Turns.MOST, Runnable::run);
    private final List<String> begun = new ArrayList<>();

    @Test
    void whoCameFirstGoesFirst() {
        takeAll();
        assertThat(turns.await(waiting("a"))).isTrue();
        assertThat(turns.await(waiting("b"))).isTrue();

        turns.pass();
        assertThat(begun).containsExactly("a");
        turns.pass();
        assertThat(begun).containsExactly("a", "b");
    }

    @Test
    void aTurnThatNobodyWaitsForIsFreeAgain() {
        takeAll();
        turns.pass();

        assertThat(turns.take()).isTrue();
        assertThat(turns.take()).isFalse();
    }

    @Test
    void nobodyWaitsBeyondTheBound() {
        takeAll();
        for (int i = 0; i < Turns.WAITING; i++) {
            assertThat(turns.await(waiting("in time"))).isTrue();
        }

        assertThat(turns.await(waiting("too late"))).isFalse();
    }

    @Test
    void whoHasLeftIsNotCalledAndGivesItsPlace() {
        takeAll();
        Turns.Waiting gone = waiting("gone");
        turns.await(gone);
        turns.await(waiting("b"));
        for (int i = 2; i < Turns.WAITING; i++) {
            turns.await(waiting("c"));
        }
        turns.leave(gone);

        assertThat(turns.await(waiting("d"))).isTrue();
        turns.pass();
        assertThat(begun).containsExactly("b");
    }

    @Test
    void whoHasEndedPassesItsTurnOn() {
        takeAll();
        for (int i = 1; i < Turns.WAITING; i++) {
            turns.await(() -> false);
        }
        turns.await(waiting("last"));

        turns.pass();
        assertThat(begun).containsExactly("last");
    }

    @Test
    void aTurnThatIsFreeMeanwhileIsTakenAtOnce() {
        assertThat(turns.await(waiting("a"))).isTrue();
        assertThat(begun).containsExactly("a");
    }

    @Test
    void thereIsTimeForAnAnswerThatWillMostLikelyComeInIt() {
        assertThat(turns.isTimeFor(Duration.ofMillis(1))).isTrue();
        turns.answered(Duration.ofMillis(100).toNanos(), ALLOWED);

        assertThat(turns.isTimeFor(Duration.ofMillis(160))).isTrue();
        assertThat(turns.isTimeFor(Duration.ofMillis(140))).isFalse();
    }

    @Test
    void moreAtOnceWhereAnswersComeQuicklyAndSomebodyWaits() {
        takeAll();
        for (int i = 0; i < 3; i++) {
            turns.await(waiting("" + i));
        }
        turns.answered(1_000_000, ALLOWED);
        turns.pass();

        assertThat(begun).as("the turn that was passed on and a new one").containsExactly("0", "1");
    }

    @Test
    void asManyAsBeforeWhereNobodyWaits() {
        takeAll();
        turns.answered(1_000_000, ALLOWED);

        assertThat(turns.take()).isFalse();
    }

    @Test
    void neverMoreThanTheMost() {
        takeAll();
        for (int i = 0; i < Turns.WAITING; i++) {
            turns.await(waiting("more"));
        }
        for (int i = 0; i < 1_000; i++) {
            turns.answered(1_000_000, ALLOWED);
        }
        turns.pass();

        assertThat(begun).hasSize(Turns.MOST - Turns.FIRST + 1);
    }

    @Test
    void fewerAtOnceWhereNoAnswersComeInTimeButNeverNone() {
        for (int i = 0; i < 1_000; i++) {
            turns.unanswered(ALLOWED);
        }

        assertThat(free()).isEqualTo(Turns.FEWEST);
    }

    @Test
    void oneSlowMomentIsCountedOnceHoweverManySawIt() {
        for (int i = 0; i <= Turns.FIRST; i++) {
            turns.answered(1_000_000, ALLOWED);
        }
        for (int i = 0; i <= Turns.FIRST / 2; i++) {
            turns.unanswered(ALLOWED);
        }

        assertThat(free()).isEqualTo(Turns.FIRST / 2);
    }

    @Test
    void fewerWhereAnswersGetSlowButNotFewerThanAtTheBeginning() {
        takeAll();
        for (int i = 0; i < 100; i++) {
            turns.await(() -> true);
        }
        for (int i = 0; i < 50; i++) {
            turns.answered(1_000_000, ALLOWED);
        }
        turns.pass();
        for (int i = 0; i < 1_000; i++) {
            turns.answered(Duration.ofMillis(300).toNanos(), ALLOWED);
        }
        // 82 turns were taken and 49 others wait: as many are passed on until no more than the first are left.
        int before = Turns.FIRST + 50;
        for (int i = 0; i < before - Turns.FIRST; i++) {
            turns.pass();
        }
        turns.await(waiting("later"));
        assertThat(begun).isEmpty();
        for (int i = 0; i < 50; i++) {
            turns.pass();
        }

        assertThat(begun).containsExactly("later");
    }

    private int free() {
        int free = 0;
        while (turns.take()) {
            free++;
        }
        return free;
    }

    private void takeAll() {
        assertThat(free()).isEqualTo(Turns.FIRST);
    }

    private Turns.Waiting waiting(String name) {
        return () -> begun.add(name);
    }
}
