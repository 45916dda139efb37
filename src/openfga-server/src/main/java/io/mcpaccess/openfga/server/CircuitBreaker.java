package io.mcpaccess.openfga.server;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Stops asking a server after so many failures in a row, and after a pause lets one question through to see whether it
 * is back. Home-made because no library for it is on AM's class path, and one of ours would weigh more than this class.
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
    private final LongSupplier nanoTime;
    private final Consumer<State> listener;

    private State state = State.CLOSED;
    private int failuresInARow;
    private long openedAt;

    /**
     * A closed breaker.
     *
     * @param settings when to open and for how long
     * @param nanoTime a clock that never goes back
     * @param listener told of each change of state, on the thread that caused it, outside of any lock
     */
    CircuitBreaker(ServerSettings.Breaker settings, LongSupplier nanoTime, Consumer<State> listener) {
        this.failuresToOpen = settings.failures();
        this.pauseNanos = settings.pause().toNanos();
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

    /** Reports that the server did not answer, or with something that is no answer. */
    void failed() {
        synchronized (this) {
            failuresInARow++;
            if (state == State.OPEN || (state == State.CLOSED && failuresInARow < failuresToOpen)) {
                return;
            }
            state = State.OPEN;
            openedAt = nanoTime.getAsLong();
        }
        listener.accept(State.OPEN);
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
