package io.mcpaccess.openfga.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.DenialReason;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Remembers decisions for a bounded time, counted from the answer and never prolonged. Only plain allows and denies are
 * remembered, and a question that is being asked is not asked again meanwhile.
 *
 * <p>{@link #purge} forgets everything, and what is in flight then is not remembered when it ends: it may have seen the
 * state before the write.
 */
final class DecisionCache {

    private final Cache<ByteBuffer, CheckResult> remembered;
    private final Map<ByteBuffer, CompletableFuture<CheckResult>> inFlight = new HashMap<>();

    private long generation;

    DecisionCache(ServerSettings.Cache settings, LongSupplier nanoTime) {
        long allow = settings.allow().toNanos();
        long deny = settings.deny().toNanos();
        remembered = Caffeine.newBuilder()
                .maximumSize(settings.entries())
                .ticker(nanoTime::getAsLong)
                // Housekeeping on the caller's thread: a shared pool would keep this plugin's classes alive.
                .executor(Runnable::run)
                .recordStats()
                .expireAfter(new Expiry<ByteBuffer, CheckResult>() {
                    @Override
                    public long expireAfterCreate(ByteBuffer key, CheckResult result, long now) {
                        return result.isAllowed() ? allow : deny;
                    }

                    @Override
                    public long expireAfterUpdate(ByteBuffer key, CheckResult result, long now, long left) {
                        return result.isAllowed() ? allow : deny;
                    }

                    @Override
                    public long expireAfterRead(ByteBuffer key, CheckResult result, long now, long left) {
                        return left;
                    }
                })
                .build();
    }

    /**
     * Looks a decision up.
     *
     * @param key the question's key
     * @return the decision, marked as remembered
     */
    Optional<CheckResult> find(ByteBuffer key) {
        return Optional.ofNullable(remembered.getIfPresent(key));
    }

    /**
     * A call that is in flight: either somebody is asking already, or the caller now has to.
     *
     * @param answer what is being asked, or will be
     * @param mustAsk whether it is the caller who has to complete the answer, by {@link #finish}
     * @param generation the state of the cache when the call began
     */
    record InFlightCall(CompletableFuture<CheckResult> answer, boolean mustAsk, long generation) {}

    /**
     * Joins the call that is in flight about a question, or begins one.
     *
     * @param key the question's key
     * @return the call
     */
    synchronized InFlightCall join(ByteBuffer key) {
        CompletableFuture<CheckResult> asking = inFlight.get(key);
        if (asking != null) {
            return new InFlightCall(asking, false, generation);
        }
        CompletableFuture<CheckResult> begun = new CompletableFuture<>();
        inFlight.put(key, begun);
        return new InFlightCall(begun, true, generation);
    }

    /**
     * Ends a call that the caller began.
     *
     * @param key the question's key
     * @param call the call
     * @param result the answer
     */
    void finish(ByteBuffer key, InFlightCall call, CheckResult result) {
        synchronized (this) {
            inFlight.remove(key, call.answer());
            if (call.generation() == generation) {
                remember(key, result);
            }
        }
        call.answer().complete(result);
    }

    private void remember(ByteBuffer key, CheckResult result) {
        if (result.isAllowed()) {
            remembered.put(key, new CheckResult.Allowed(true));
        } else if (result instanceof CheckResult.Denied denied && denied.reason() == DenialReason.PERMISSION_DENIED) {
            remembered.put(key, new CheckResult.Denied(denied.reason(), denied.detail(), true));
        }
    }

    /** Forgets everything, because something was written. */
    synchronized void purge() {
        generation++;
        inFlight.clear();
        remembered.invalidateAll();
    }

    /**
     * Figures for the administrator.
     *
     * @return entries, hits and misses since the engine was made
     */
    Map<String, Long> figures() {
        return Map.of(
                "entries", remembered.estimatedSize(),
                "hits", remembered.stats().hitCount(),
                "misses", remembered.stats().missCount());
    }
}
