package io.mcpaccess.openfga.embedded.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendWorkersTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final BackendWorkers workers = new BackendWorkers("test-worker");

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void anErrorEndsTheFutureToo() {
        assertThat(workers.run(LONG, left -> {
                    throw new NoClassDefFoundError("gone");
                }))
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withRootCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void aTaskThatDoesNotEndIsNotWaitedForBeyondItsTime() {
        CountDownLatch never = new CountDownLatch(1);
        try {
            CompletableFuture<Boolean> stuck = workers.run(Duration.ofMillis(100), left -> {
                never.await();
                return true;
            });
            assertThat(stuck)
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withRootCauseInstanceOf(TimeoutException.class);
        } finally {
            never.countDown();
        }
    }

    @Test
    void whatHasWaitedTooLongIsNotBegunAndEndsInTimeAllTheSame() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        AtomicBoolean isBegun = new AtomicBoolean();
        for (int i = 0; i < 2; i++) {
            all.add(workers.run(LONG, left -> {
                busy.await();
                return true;
            }));
        }
        CompletableFuture<Boolean> late = workers.run(Duration.ofMillis(50), left -> {
            isBegun.set(true);
            return true;
        });
        assertThat(late).failsWithin(Duration.ofSeconds(60));
        busy.countDown();
        all.forEach(CompletableFuture::join);
        assertThat(workers.run(LONG, left -> true).join()).isTrue();
        assertThat(isBegun).isFalse();
    }

    @Test
    void moreThanCanWaitIsRefusedAtOnce() {
        CountDownLatch busy = new CountDownLatch(1);
        try {
            List<CompletableFuture<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 1100; i++) {
                all.add(workers.run(LONG, left -> {
                    busy.await();
                    return true;
                }));
            }
            assertThat(all.get(1099)).isCompletedExceptionally();
        } finally {
            busy.countDown();
        }
    }
}
