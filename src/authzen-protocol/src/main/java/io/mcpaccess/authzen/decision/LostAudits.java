package io.mcpaccess.authzen.decision;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator about decisions that could not be audited: at once, then at most once a minute with their number,
 * since what is wrong with the audit is wrong for every decision. Safe for use by many threads.
 */
public final class LostAudits {

    private static final Logger LOG = LoggerFactory.getLogger(LostAudits.class);
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final String domain;
    private final LongSupplier nanoTime;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong nextNanos;

    /**
     * Has lost nothing yet.
     *
     * @param domain the domain's name, for the message
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public LostAudits(String domain, LongSupplier nanoTime) {
        this.domain = domain;
        this.nanoTime = nanoTime;
        this.nextNanos = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Takes a loss down.
     *
     * @param failure why the entry could not be written
     * @return whether the operator was told
     */
    boolean lost(Throwable failure) {
        untold.incrementAndGet();
        long now = nanoTime.getAsLong();
        long next = nextNanos.get();
        if (now - next < 0 || !nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
            return false;
        }
        LOG.error("Domain {}: {} decisions could not be audited", domain, untold.getAndSet(0), failure);
        return true;
    }
}
