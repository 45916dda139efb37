package io.mcpaccess.openfga.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Who may ask OpenFGA now, and who waits: so many at once, the others in the order in which they came. How many is found out by how
 * long answers take: more at once than a server gets done would only wait inside it, where nobody sees it and every answer gets
 * slower, until none comes in time. Safe for use by many threads; never blocks.
 */
final class Turns {

    /** At the beginning; twice as many after so many answers that came quickly. */
    static final int FIRST = 32;

    /** Keeps a server busy that takes 10 ms for each of 25,000 questions a second. */
    static final int MOST = 256;

    /** A server that does not answer in time gets so many still. */
    static final int FEWEST = 8;

    /** What a server that is worth waiting for has answered within a deadline; beyond it waiting is only memory. */
    static final int WAITING = 2048;

    /** Searches take long, and nobody waits for one as for a decision. */
    static final int SEARCHES = 16;

    /** What one thread refuses in one go; each refusal goes on with what somebody waits for. */
    private static final int REFUSED_AT_ONCE = 64;

    /** Of the time that answers take of late, a new one counts an eighth. */
    private static final int WEIGHT = 8;

    /** Somebody who waits. */
    @FunctionalInterface
    interface Waiting {
        /**
         * It is the turn of this one.
         *
         * @return whether it uses its turn, and will {@link #pass} it on; else it has ended
         */
        boolean begin();
    }

    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final int most;
    private final Consumer<Runnable> later;
    private int atOnce;
    private int taken;
    private int sinceFewer;
    private long typicalNanos;

    /**
     * Nobody waits.
     *
     * @param first how many at once at the beginning
     * @param most how many at once at the most
     * @param later runs something soon, and not on the thread that gives it
     */
    Turns(int first, int most, Consumer<Runnable> later) {
        this.atOnce = first;
        this.most = most;
        this.later = later;
    }

    /** Takes a turn, if nobody has to wait for one. Whoever gets it passes it on, once. */
    synchronized boolean take() {
        if (taken >= atOnce || !waiting.isEmpty()) {
            return false;
        }
        taken++;
        return true;
    }

    /**
     * Waits for a turn, which may have come when this returns.
     *
     * @return whether it may wait: no more than so many do
     */
    boolean await(Waiting one) {
        synchronized (this) {
            if (taken >= atOnce || !waiting.isEmpty()) {
                return waiting.size() < WAITING && waiting.add(one);
            }
            taken++;
        }
        if (!one.begin()) {
            pass();
        }
        return true;
    }

    /** Waits no longer. */
    synchronized void leave(Waiting one) {
        // All wait about as long, so this one is among the first.
        waiting.remove(one);
    }

    /**
     * Passes a turn on to whoever has waited longest and still wants it. A loop: those that have ended must not fill the stack. Many of
     * them, as when the circuit breaker opens, are ended a part at a time: this may be an event loop.
     */
    void pass() {
        int refused = 0;
        for (Waiting next = next(true); next != null; ) {
            if (next.begin()) {
                // There may be more turns than before.
                next = next(false);
            } else if (++refused == REFUSED_AT_ONCE) {
                later.accept(this::pass);
                return;
            } else {
                next = next(true);
            }
        }
    }

    /** Who has a turn now, if anybody does. */
    private synchronized Waiting next(boolean passedOn) {
        if (passedOn) {
            taken--;
        }
        if (taken >= atOnce) {
            return null;
        }
        Waiting next = waiting.poll();
        if (next != null) {
            taken++;
        }
        return next;
    }

    /**
     * Takes down that an answer came.
     *
     * @param took how long it took, in nanoseconds
     * @param allowed how long it might take
     */
    synchronized void answered(long took, Duration allowed) {
        learn(took);
        if (typicalNanos < allowed.toNanos() / 3) {
            if (!waiting.isEmpty() && atOnce < most) {
                atOnce++;
            }
        } else if (typicalNanos > allowed.toNanos() / 2) {
            // A server may be slow for other reasons than ours: as long as it answers it has as many as at the
            // beginning.
            fewer(Math.max(Math.min(atOnce, Math.min(FIRST, most)), atOnce - atOnce / WEIGHT));
        }
    }

    /**
     * Takes down that no answer came in time.
     *
     * @param allowed how long it might take
     */
    synchronized void unanswered(Duration allowed) {
        learn(allowed.toNanos());
        fewer(atOnce / 2);
    }

    private void learn(long nanos) {
        sinceFewer++;
        typicalNanos = typicalNanos == 0 ? nanos : typicalNanos + (nanos - typicalNanos) / WEIGHT;
    }

    /** Not again before those have ended that were sent when there were more. */
    private void fewer(int number) {
        if (sinceFewer > atOnce) {
            sinceFewer = 0;
            atOnce = Math.max(Math.min(FEWEST, most), number);
        }
    }

    /** Whether an answer will most likely come within a time, by how long answers take of late. */
    synchronized boolean isTimeFor(Duration left) {
        return left.toNanos() > typicalNanos + typicalNanos / 2;
    }
}
