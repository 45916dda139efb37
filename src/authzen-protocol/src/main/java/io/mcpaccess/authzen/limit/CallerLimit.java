package io.mcpaccess.authzen.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A token bucket of questions for each caller. A bucket is kept as the one moment at which it would be full again, so a request costs
 * one compare-and-set.
 *
 * <p>May be used by any number of threads; never blocks.
 */
public final class CallerLimit {

    /** No limit at all. */
    public static final CallerLimit NONE = new CallerLimit(0, 0, () -> 0);

    /** Only clients of the domain that proved who they are get a bucket. */
    private static final int MAX_CALLERS = 100_000;

    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final long capacity;
    private final LongSupplier nanoTime;
    private final Cache<String, AtomicLong> fullAgain;

    private CallerLimit(long interval, long capacity, LongSupplier nanoTime) {
        this.interval = interval;
        this.capacity = capacity;
        this.nanoTime = nanoTime;
        this.fullAgain = Caffeine.newBuilder().maximumSize(MAX_CALLERS).build();
    }

    /**
     * A limit.
     *
     * @param settings how much is allowed
     * @param nanoTime a monotonic clock in nanoseconds
     * @return the limit, all buckets full
     */
    public static CallerLimit of(RateLimitSettings settings, LongSupplier nanoTime) {
        long interval = SECOND / settings.requestsPerSecond();
        return new CallerLimit(interval, interval * settings.burst(), nanoTime);
    }

    /**
     * Whether a request would be allowed now; nothing is taken into account.
     *
     * @param caller the caller's client id
     * @return nothing where it would, else how long the caller should wait
     */
    public Optional<Duration> wait(String caller) {
        return capacity == 0 ? Optional.empty() : taken(caller, 0, interval);
    }

    /**
     * Takes the further questions of a request into account that {@link #refusal} has let through as one. A batch may be larger
     * than a burst: it is let through once, and paid for by the pause after it.
     *
     * @param caller the caller's client id
     * @param questions how many more than the one that was counted
     * @return nothing where the request is allowed, else how long the caller should wait, as with {@link #refusal}
     */
    public Optional<Duration> refusal(String caller, int questions) {
        if (capacity == 0 || questions <= 0) {
            return Optional.empty();
        }
        return taken(caller, questions, 0);
    }

    /**
     * Takes one request of a caller into account.
     *
     * @param caller the caller's client id
     * @return nothing where the request is allowed, else how long the caller should wait; at least a second, in whole
     *     seconds, as {@code Retry-After} has it
     */
    public Optional<Duration> refusal(String caller) {
        if (capacity == 0) {
            return Optional.empty();
        }
        return taken(caller, 1, interval);
    }

    private Optional<Duration> taken(String caller, int questions, long least) {
        long now = nanoTime.getAsLong();
        AtomicLong full = fullAgain.get(caller, unseen -> new AtomicLong(now));
        while (true) {
            long before = full.get();
            // Differences alone mean something: the clock may start anywhere and overflow.
            long start = before - now > 0 ? before : now;
            long wait = start + least - now - capacity;
            if (wait > 0) {
                return Optional.of(Duration.ofSeconds((wait + SECOND - 1) / SECOND));
            }
            if (full.compareAndSet(before, start + interval * questions)) {
                return Optional.empty();
            }
        }
    }
}
