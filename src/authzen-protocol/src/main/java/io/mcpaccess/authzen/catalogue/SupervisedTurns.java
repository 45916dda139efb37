package io.mcpaccess.authzen.catalogue;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does the same work again and again, one turn at a time, and does not end by anything that goes wrong in it: not by an error of
 * the JVM, nor by a turn that never ends, nor where the next turn could not even be planned. For the last two it rests on
 * {@link #watch()}, which whoever needs the work calls.
 *
 * <p>May be used by any number of threads; never blocks.
 */
final class SupervisedTurns implements AutoCloseable {

    private final Supplier<Completable> work;
    private final Supplier<Duration> pause;
    private final Consumer<Throwable> failed;
    private final Scheduler scheduler;
    private final Duration patience;

    private long turn;
    private boolean working;
    private boolean again;
    private boolean closed;
    private long since;
    private Disposable current = Disposable.disposed();

    /**
     * Does nothing yet.
     *
     * @param work one turn
     * @param pause how long to wait after a turn
     * @param failed told about turns that failed
     * @param scheduler where turns begin, and whose clock counts
     * @param patience how long a turn may take, or be late, before another takes its place
     */
    SupervisedTurns(
            Supplier<Completable> work,
            Supplier<Duration> pause,
            Consumer<Throwable> failed,
            Scheduler scheduler,
            Duration patience) {
        this.work = Objects.requireNonNull(work, "work");
        this.pause = Objects.requireNonNull(pause, "pause");
        this.failed = Objects.requireNonNull(failed, "failed");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.patience = Objects.requireNonNull(patience, "patience");
    }

    /** Begins a turn at once, or right after the one that is under way. */
    synchronized void wake() {
        if (closed) {
            return;
        }
        if (working) {
            again = true;
        } else {
            plan(Duration.ZERO);
        }
    }

    /** Puts another turn in the place of one that does not come to an end, or did not come at all. */
    synchronized void watch() {
        if (!closed && scheduler.now(TimeUnit.MILLISECONDS) - since > patience.toMillis()) {
            plan(Duration.ZERO);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        current.dispose();
    }

    private synchronized void plan(Duration delay) {
        current.dispose();
        long mine = ++turn;
        working = false;
        since = scheduler.now(TimeUnit.MILLISECONDS) + delay.toMillis();
        current = scheduler.scheduleDirect(() -> take(mine), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void take(long mine) {
        synchronized (this) {
            if (closed || mine != turn) {
                return;
            }
            working = true;
            since = scheduler.now(TimeUnit.MILLISECONDS);
        }
        try {
            Disposable begun = Completable.defer(work::get).subscribe(() -> ended(mine, null), e -> ended(mine, e));
            synchronized (this) {
                if (working && mine == turn) {
                    current = begun;
                }
            }
        } catch (Throwable e) {
            // Whatever it was, even an error of the JVM: the next turn may find things better.
            ended(mine, e);
        }
    }

    private void ended(long mine, Throwable failure) {
        synchronized (this) {
            if (closed || mine != turn || !working) {
                return;
            }
            working = false;
        }
        try {
            if (failure != null) {
                failed.accept(failure);
            }
        } finally {
            next();
        }
    }

    private synchronized void next() {
        Duration delay = again ? Duration.ZERO : pause.get();
        again = false;
        plan(delay);
    }
}
