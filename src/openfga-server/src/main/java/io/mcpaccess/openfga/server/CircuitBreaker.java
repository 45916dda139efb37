package io.mcpaccess.openfga.server;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Stops asking a server after so many failures in a row, and after a pause lets one question through to see whether it
 * is back. Answers that do not come are counted by time as well: many callers see one slow moment, and it is no outage. Home-made
 * because no library for it is on AM's class path, and one of ours would weigh more than this class.
 *
 * <p>Safe for use by many threads.
 */
final class CircuitBreaker {

    /** What the breaker does with the next question. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private final int failuresToOpen;
    private final long pauseNanos;
    private final long silenceNanos;
    private final LongSupplier nanoTime;
    private final Consumer<State> listener;

    private State state = State.CLOSED;
    private int failuresInARow;
    private long firstInARow;
    private long openedAt;

    /**
     * A closed breaker.
     *
     * @param settings when to open and for how long
     * @param silence how long nothing may be answered before answers that did not come in time open it
     * @param nanoTime a clock that never goes back
     * @param listener told of each change of state, on the thread that caused it, outside of any lock
     */
    CircuitBreaker(ServerSettings.Breaker settings, Duration silence, LongSupplier nanoTime, Consumer<State> listener) {
        this.failuresToOpen = settings.failures();
        this.pauseNanos = settings.pause().toNanos();
        this.silenceNanos = silence.toNanos();
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /**
     * Asks for leave to send. Whoever gets it must report how it went, once.
     *
     * @return whether the question may be sent
     */
    boolean tryAcquire() {
        synchronized (this) {
            if (state == State.CLOSED) {
                return true;
            }
            if (state == State.HALF_OPEN || nanoTime.getAsLong() - openedAt < pauseNanos) {
                return false;
            }
            state = State.HALF_OPEN;
        }
        listener.accept(State.HALF_OPEN);
        return true;
    }

    /** Reports that the server answered. */
    void succeeded() {
        synchronized (this) {
            failuresInARow = 0;
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
        }
        listener.accept(State.CLOSED);
    }

    /** Reports that the server was not reached, or answered with something that is no answer. */
    void failed() {
        failed(false);
    }

    /** Reports that the server did not answer in the time that it has for an answer. */
    void keptSilent() {
        failed(true);
    }

    private void failed(boolean isSilent) {
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (failuresInARow++ == 0) {
                firstInARow = now;
            }
            boolean opens = state == State.HALF_OPEN
                    || state == State.CLOSED
                            && failuresInARow >= failuresToOpen
                            && (!isSilent || now - firstInARow >= silenceNanos);
            if (!opens) {
                return;
            }
            state = State.OPEN;
            openedAt = now;
        }
        listener.accept(State.OPEN);
    }

    /** Reports that nothing was learned: the question had less time than the server has for an answer. The next may try. */
    void learnedNothing() {
        synchronized (this) {
            if (state != State.HALF_OPEN) {
                return;
            }
            state = State.OPEN;
        }
        listener.accept(State.OPEN);
    }

    /**
     * Whether a question would be refused now: not worth waiting for leave to send.
     *
     * @return whether the breaker is open, or waits for the one question that it let through
     */
    synchronized boolean isShut() {
        return state == State.HALF_OPEN || state == State.OPEN && nanoTime.getAsLong() - openedAt < pauseNanos;
    }

    /**
     * Looks at the state.
     *
     * @return the state now
     */
    synchronized State state() {
        return state;
    }
}
