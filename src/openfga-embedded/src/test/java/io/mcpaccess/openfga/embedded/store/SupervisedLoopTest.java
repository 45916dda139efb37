package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisedLoopTest {

    private static final Duration PAUSE = Duration.ofMillis(1);

    @Test
    void attack_goesOnWhateverIsThrown() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(6);
        Throwable[] thrown = {
            new OutOfMemoryError("test"),
            new StackOverflowError(),
            new NoClassDefFoundError("test"),
            new ThreadDeath(),
            new IllegalStateException("test")
        };
        AtomicInteger told = new AtomicInteger();
        try (SupervisedLoop loop = new SupervisedLoop(
                "test-loop",
                PAUSE,
                () -> {
                    runs.countDown();
                    long left = runs.getCount();
                    if (left > 0) {
                        SupervisedLoopTest.<RuntimeException>sneak(thrown[(int) left - 1]);
                    }
                },
                problem -> {
                    told.incrementAndGet();
                    throw new OutOfMemoryError("no memory to tell either");
                },
                () -> {})) {
            loop.start();
            assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(told).hasValue(5);
        }
    }

    @Test
    void isStartedAnewWhenItsThreadIsGone() throws InterruptedException {
        CountDownLatch run = new CountDownLatch(1);
        AtomicInteger threads = new AtomicInteger();
        Thread[] gone = new Thread[1];
        try (SupervisedLoop loop =
                new SupervisedLoop("test-loop", PAUSE, run::countDown, problem -> {}, () -> {}, task -> {
                    if (threads.incrementAndGet() == 1) {
                        gone[0] = new Thread(() -> {}, "test-loop");
                        return gone[0];
                    }
                    return new Thread(task, "test-loop");
                })) {
            loop.start();
            gone[0].join();
            loop.keepAlive();
            assertThat(run.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(threads).hasValue(2);
        }
    }

    @Test
    void endsOnceAndDoesWhatIsLast() throws InterruptedException {
        CountDownLatch ends = new CountDownLatch(1);
        AtomicInteger count = new AtomicInteger();
        SupervisedLoop loop = new SupervisedLoop("test-loop", Duration.ofHours(1), () -> {}, problem -> {}, () -> {
            count.incrementAndGet();
            ends.countDown();
        });
        loop.start();
        loop.close();
        loop.close();
        assertThat(ends.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(count).hasValue(1);
    }

    @Test
    void endsAlsoWhenItHasNeverRun() {
        AtomicInteger count = new AtomicInteger();
        new SupervisedLoop("test-loop", PAUSE, () -> {}, problem -> {}, count::incrementAndGet).close();
        assertThat(count).hasValue(1);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
