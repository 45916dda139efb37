package io.mcpaccess.openfga.server.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is under way, so that a transport is freed when the last of it has ended. Safe for use by many threads. */
final class OpenCalls {

    private final Runnable free;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean isFreed = new AtomicBoolean();
    private volatile boolean isClosing;

    /**
     * Nothing is under way.
     *
     * @param free frees the transport; called once
     */
    OpenCalls(Runnable free) {
        this.free = free;
    }

    /** Takes something down as begun; says whether it may begin. */
    boolean enter() {
        underWay.incrementAndGet();
        if (isClosing) {
            leave();
            return false;
        }
        return true;
    }

    /** Something has ended. */
    void leave() {
        if (underWay.decrementAndGet() == 0 && isClosing) {
            freeNow();
        }
    }

    /** Lets nothing begin any more. Says whether something is still under way. */
    boolean close() {
        isClosing = true;
        if (underWay.get() == 0) {
            freeNow();
        }
        return !isFreed.get();
    }

    boolean isClosing() {
        return isClosing;
    }

    void freeNow() {
        if (isFreed.compareAndSet(false, true)) {
            free.run();
        }
    }

    static IOException stopped() {
        return new IOException("The engine was stopped");
    }
}
