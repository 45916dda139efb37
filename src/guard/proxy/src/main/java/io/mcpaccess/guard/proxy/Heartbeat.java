package io.mcpaccess.guard.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes a comment into an event stream on which nothing came for a while: a client that is gone is noticed by writing alone,
 * and it keeps its caller's place until then. Also ends a stream when the token it was opened with expires. What it writes
 * stands between two lines, where every reader of streams leaves it out.
 */
final class Heartbeat implements AutoCloseable {
    private static final byte[] COMMENT = {':', '\n'};

    private final OutputStream client;
    private final InputStream server;
    private final long periodNanos;
    private final Optional<Instant> end;
    private final InstantSource clock;
    private final ReentrantLock writing = new ReentrantLock();
    private final ScheduledFuture<?> task;
    private volatile long lastWrite = System.nanoTime();
    private boolean betweenLines = true;

    /**
     * @param client where the stream goes
     * @param server where it comes from; closed when the client is gone
     * @param period how long nothing may come
     * @param end when the stream ends at the latest
     * @param clock tells the time
     * @param timer runs the look; a write waits for a client no longer than the container does
     */
    Heartbeat(
            OutputStream client,
            InputStream server,
            Duration period,
            Optional<Instant> end,
            InstantSource clock,
            ScheduledExecutorService timer) {
        this.client = client;
        this.server = server;
        this.periodNanos = period.toNanos();
        this.end = end;
        this.clock = clock;
        long look = Math.max(1, period.toMillis() / 2);
        this.task = timer.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
    }

    /** Passes on what the server wrote. */
    void write(byte[] bytes, int length) throws IOException {
        writing.lock();
        try {
            client.write(bytes, 0, length);
            client.flush();
            betweenLines = bytes[length - 1] == '\n';
            lastWrite = System.nanoTime();
        } finally {
            writing.unlock();
        }
    }

    private void look() {
        try {
            if (end.filter(clock.instant()::isAfter).isPresent()) {
                server.close();
            } else if (System.nanoTime() - lastWrite >= periodNanos && writing.tryLock()) {
                beat();
            }
        } catch (IOException | RuntimeException clientIsGone) {
            closeQuietly();
        }
    }

    private void beat() throws IOException {
        try {
            if (betweenLines) {
                client.write(COMMENT, 0, COMMENT.length);
                client.flush();
                lastWrite = System.nanoTime();
            }
        } finally {
            writing.unlock();
        }
    }

    private void closeQuietly() {
        try {
            server.close();
        } catch (IOException alreadyGone) {
            // Its reader ends either way.
        }
    }

    /** Waits for a beat that is under way: after it nobody else writes to the client. */
    @Override
    public void close() {
        task.cancel(false);
        writing.lock();
        writing.unlock();
    }
}
