package io.mcpaccess.guard.proxy.answer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * What was written to a client and is not on its way yet. Whoever takes none of it for a while is given up: memory, and a
 * place of its caller's, wait for it. Whoever reads on, however slowly, is not. For one event loop.
 */
final class Unread {
    private static final int LOOKS = 4;

    private final Vertx vertx;
    private final Duration patience;
    private final Runnable giveUp;
    private int parts;
    private long lastTaken;
    private long timer;

    /**
     * @param vertx the host
     * @param patience how long nothing may be taken
     * @param giveUp runs when it took longer; more than once where it ends nothing
     */
    Unread(Vertx vertx, Duration patience, Runnable giveUp) {
        this.vertx = vertx;
        this.patience = patience;
        this.giveUp = giveUp;
    }

    /**
     * @param write a part, short enough to be taken in one look
     */
    void add(Future<Void> write) {
        if (write.isComplete()) {
            return;
        }
        if (parts++ == 0) {
            lastTaken = System.nanoTime();
            timer = vertx.setPeriodic(Math.max(1, patience.toMillis() / LOOKS), fired -> look());
        }
        write.onComplete(done -> taken());
    }

    /**
     * @return whether anything is not on its way
     */
    boolean isWaiting() {
        return parts > 0;
    }

    /** Nobody is given up any more: what still waits ends with its connection. */
    void stop() {
        vertx.cancelTimer(timer);
    }

    private void taken() {
        lastTaken = System.nanoTime();
        if (--parts == 0) {
            vertx.cancelTimer(timer);
        }
    }

    private void look() {
        if (System.nanoTime() - lastTaken > patience.toNanos()) {
            giveUp.run();
        }
    }
}
