package io.mcpaccess.openfga.embedded.store;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A background task that is done again and again, on a thread of its own, until it is closed. Nothing that the task
 * throws ends it, an {@link OutOfMemoryError} as little as an exception; and should its thread be gone all the same,
 * {@link #keepAlive} makes another one. Thread-safe.
 */
final class SupervisedLoop implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(SupervisedLoop.class);

    private final ThreadFactory threads;
    private final String name;
    private final long pauseNanos;
    private final Runnable task;
    private final Consumer<Throwable> failed;
    private final Runnable end;
    private volatile Thread thread;
    private volatile boolean isClosed;
    private boolean hasEnded;

    /**
     * A loop that does not run yet.
     *
     * @param name the thread's name
     * @param pause between two runs
     * @param task what to do
     * @param failed told what the task threw; what it throws itself is dropped
     * @param end done once, after the last run
     */
    SupervisedLoop(String name, Duration pause, Runnable task, Consumer<Throwable> failed, Runnable end) {
        this(name, pause, task, failed, end, run -> new Thread(run, name));
    }

    /** As the other, with threads of choice. */
    SupervisedLoop(
            String name,
            Duration pause,
            Runnable task,
            Consumer<Throwable> failed,
            Runnable end,
            ThreadFactory threads) {
        this.threads = threads;
        this.name = name;
        this.pauseNanos = pause.toNanos();
        this.task = task;
        this.failed = failed;
        this.end = end;
    }

    /** Begins to run, after a first pause. */
    synchronized void start() {
        if (!isClosed) {
            Thread next = threads.newThread(this::run);
            next.setDaemon(true);
            thread = next;
            next.start();
        }
    }

    /**
     * Makes another thread where there should be one and is none. Costs two reads where all is well, so that whoever
     * relies on the loop asks for it each time. What goes wrong is tried again at the next call.
     */
    void keepAlive() {
        Thread now = thread;
        if (now != null && !now.isAlive() && !isClosed) {
            restart();
        }
    }

    private synchronized void restart() {
        if (!thread.isAlive() && !isClosed) {
            try {
                LOGGER.error("The thread {} had ended; another one is started", name);
                start();
            } catch (Throwable e) {
                LOGGER.error("The thread {} cannot be started now: {}", name, e.toString());
            }
        }
    }

    private void run() {
        while (!isClosed) {
            LockSupport.parkNanos(pauseNanos);
            if (!isClosed) {
                runOnce();
            }
        }
        finish();
    }

    private void runOnce() {
        try {
            task.run();
        } catch (Throwable e) {
            try {
                failed.accept(e);
            } catch (Throwable again) {
                // There may be no memory even to tell; the next run counts.
            }
        }
    }

    private void finish() {
        synchronized (this) {
            if (hasEnded) {
                return;
            }
            hasEnded = true;
        }
        end.run();
    }

    /** Ends soon after it returns; a run that is under way is not broken off. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            isClosed = true;
            running = thread;
        }
        if (running == null || !running.isAlive()) {
            finish();
        } else {
            LockSupport.unpark(running);
        }
    }
}
