package io.mcpaccess.guard.oauth.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The issuer's keys, fetched when they are needed and used for their lifetime. Past half of it they are fetched again in
 * the background, so that a short absence of the issuer is not noticed; past all of it nothing is known any more.
 * There is one fetch at a time, and never a second one within {@link #PAUSE}. Threads may share it.
 *
 * <p>Nimbus has the same rules ({@code JWKSourceBuilder}: refresh ahead, rate limit, outage), but not for a guard that is asked on
 * an event loop: its {@code JWKSource.get} answers on the thread that asks, which fetches itself, or waits for the one that
 * does, whenever no key set is there, the set's time is over, or a token names a key that is not in it, which is up to whoever
 * sends tokens. Measured with an issuer that takes 500 ms: the asking thread was held 527 ms by the first token and 533 to 540 ms
 * by each one with an invented key id. It does not say beforehand whether it will wait, so every check of a token would need a
 * thread of its own. It also reads the system's clock, and with its outage setting keeps keys past their lifetime.
 */
final class IssuerKeys {
    /** The least time between two fetches: tokens with invented key ids must not become requests to the issuer. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private record Fetched(JWKSet keys, Instant at) {}

    private final Supplier<CompletableFuture<JWKSet>> source;
    private final Duration lifetime;
    private final Clock clock;
    private Optional<Fetched> latest = Optional.empty();
    private Instant noFetchBefore = Instant.MIN;
    private CompletableFuture<JWKSet> running;

    /**
     * @param source fetches the keys; always ends
     * @param lifetime how long they are used
     * @param clock tells the time
     */
    IssuerKeys(Supplier<CompletableFuture<JWKSet>> source, Duration lifetime, Clock clock) {
        this.source = source;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * @return the keys; fails where none can be had
     */
    CompletableFuture<JWKSet> keys() {
        Instant now = clock.instant();
        Optional<Fetched> known = usable(now);
        if (known.isEmpty()) {
            return fetch(now);
        }
        if (!now.isBefore(known.get().at().plus(lifetime.dividedBy(2)))) {
            fetch(now);
        }
        return CompletableFuture.completedFuture(known.get().keys());
    }

    /**
     * The keys after one more fetch, because a token names a key that is not among them; the known ones where the last
     * fetch was a moment ago.
     *
     * @return the keys; fails where none can be had
     */
    CompletableFuture<JWKSet> newerKeys() {
        return fetch(clock.instant());
    }

    private synchronized Optional<Fetched> usable(Instant now) {
        return latest.filter(fetched -> now.isBefore(fetched.at().plus(lifetime)));
    }

    private CompletableFuture<JWKSet> fetch(Instant now) {
        CompletableFuture<JWKSet> mine = new CompletableFuture<>();
        synchronized (this) {
            if (running != null) {
                return running;
            }
            if (now.isBefore(noFetchBefore)) {
                return usable(now)
                        .map(fetched -> CompletableFuture.completedFuture(fetched.keys()))
                        .orElseGet(() -> CompletableFuture.failedFuture(
                                new IllegalStateException("the issuer's keys could not be fetched a moment ago")));
            }
            running = mine;
        }
        CompletableFuture.completedFuture(now)
                .thenCompose(start -> source.get())
                .whenComplete((keys, failure) -> ended(mine, now, keys, failure));
        return mine;
    }

    private void ended(CompletableFuture<JWKSet> mine, Instant startedAt, JWKSet keys, Throwable failure) {
        synchronized (this) {
            running = null;
            if (failure == null) {
                latest = Optional.of(new Fetched(keys, startedAt));
                noFetchBefore = startedAt.plus(PAUSE);
            } else {
                noFetchBefore = clock.instant().plus(PAUSE_AFTER_FAILURE);
            }
        }
        if (failure == null) {
            mine.complete(keys);
        } else {
            mine.completeExceptionally(failure);
        }
    }
}
