package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.CallContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;

/**
 * Sends requests within a budget: past the circuit breaker, with the headers that every request needs, and once more
 * when a read failed in a way that may pass. At most once more, whatever happens: a server in trouble is not helped by
 * being asked harder.
 */
final class GuardedCalls {

    /** What a retry needs at the least to be worth it. */
    private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(20);

    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final ServerSettings settings;
    private final HttpRuntime runtime;
    private final AuthorizationHeader authorization;
    private final CircuitBreaker breaker;
    private final ServerFailures failures;
    private final ServerObserver observer;
    private final DoubleSupplier random;

    GuardedCalls(
            ServerSettings settings,
            HttpRuntime runtime,
            AuthorizationHeader authorization,
            CircuitBreaker breaker,
            ServerFailures failures,
            ServerObserver observer,
            DoubleSupplier random) {
        this.settings = settings;
        this.runtime = runtime;
        this.authorization = authorization;
        this.breaker = breaker;
        this.failures = failures;
        this.observer = observer;
        this.random = random;
    }

    /**
     * One attempt at a request.
     *
     * @param timeout until the last byte of the answer
     * @param headers to send with it; hold secrets
     */
    record Attempt(Duration timeout, Map<String, String> headers) {
        @Override
        public String toString() {
            return "Attempt[timeout=" + timeout + "]";
        }
    }

    /** Sends one attempt. */
    @FunctionalInterface
    interface Request<T> {
        /**
         * Sends.
         *
         * @param attempt with what
         * @return the answer, already read
         * @throws Exception when it cannot even be sent
         */
        CompletableFuture<T> send(Attempt attempt) throws Exception;
    }

    /**
     * Sends a request that changes nothing, twice if need be.
     *
     * @return the answer; fails with a {@link ServerFailure}, within the budget
     */
    <T> CompletableFuture<T> read(Budget budget, CallContext call, Request<T> request) {
        return run(budget, call, request, settings.retry() ? 1 : 0);
    }

    /**
     * Sends a request that may change something, once.
     *
     * @return the answer; fails with a {@link ServerFailure}, within the budget
     */
    <T> CompletableFuture<T> write(Budget budget, CallContext call, Request<T> request) {
        return run(budget, call, request, 0);
    }

    /**
     * Sends a request once, past the circuit breaker: for what is no question of anybody's.
     *
     * @return the answer; fails with a {@link ServerFailure}, within the budget
     */
    <T> CompletableFuture<T> aside(Budget budget, Request<T> request) {
        return runtime.within(
                        budget.left(),
                        () -> authorization
                                .value()
                                .thenCompose(header -> send(
                                        request,
                                        new Attempt(budget.left(), headers(header.orElse(null), CallContext.none())))))
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(failures.of(thrown)));
    }

    private <T> CompletableFuture<T> run(Budget budget, CallContext call, Request<T> request, int retries) {
        return runtime.within(budget.left(), () -> attempt(budget, call, request, retries))
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(failures.of(thrown)));
    }

    private <T> CompletableFuture<T> attempt(Budget budget, CallContext call, Request<T> request, int retries) {
        return authorization.value().thenCompose(header -> {
            if (runtime.isFull()) {
                return CompletableFuture.failedFuture(ServerFailure.of(
                        ServerFailure.Kind.TOO_MANY, "Too many requests to OpenFGA are under way already"));
            }
            if (!breaker.tryAcquire()) {
                return CompletableFuture.failedFuture(ServerFailure.of(
                        ServerFailure.Kind.BREAKER_OPEN,
                        "OpenFGA failed often of late and is left alone for a moment"));
            }
            return send(request, new Attempt(timeout(budget), headers(header.orElse(null), call)))
                    .whenComplete((answer, thrown) -> report(thrown, header.orElse(null)))
                    .exceptionallyCompose(thrown -> retry(failures.of(thrown), budget, call, request, retries));
        });
    }

    private static <T> CompletableFuture<T> send(Request<T> request, Attempt attempt) {
        try {
            return request.send(attempt);
        } catch (Throwable e) {
            // Also an Error: the breaker must hear how it went.
            return CompletableFuture.failedFuture(e);
        }
    }

    private void report(Throwable thrown, String header) {
        if (thrown == null) {
            breaker.succeeded();
            return;
        }
        ServerFailure failure = failures.of(thrown);
        if (failure.isOutage()) {
            breaker.failed();
        } else {
            breaker.succeeded();
        }
        if (failure.status() == 401 && header != null) {
            authorization.refused(header);
        }
    }

    private <T> CompletableFuture<T> retry(
            ServerFailure failure, Budget budget, CallContext call, Request<T> request, int retries) {
        Duration pause = failure.retryAfter()
                .map(asked -> asked.isNegative() ? Duration.ZERO : asked)
                .orElseGet(() -> Duration.ofMillis((long) (random.getAsDouble() * LONGEST_PAUSE_MILLIS)));
        boolean fits = budget.left().minus(SHORTEST_ATTEMPT).compareTo(pause) > 0;
        if (retries == 0 || !failure.isWorthRetrying() || !fits) {
            return CompletableFuture.failedFuture(failure);
        }
        observer.retried();
        CompletableFuture<T> second = new CompletableFuture<>();
        runtime.after(
                pause,
                () -> attempt(budget, call, request, retries - 1).whenComplete((answer, thrown) -> {
                    if (thrown == null) {
                        second.complete(answer);
                    } else {
                        second.completeExceptionally(thrown);
                    }
                }));
        return second;
    }

    /** A decision's attempt has the read timeout; a search, whose limit is longer, all that is left. */
    private Duration timeout(Budget budget) {
        Duration left = budget.left();
        Duration read = settings.timeouts().read();
        Duration timeout = budget.isForDecision() && read.compareTo(left) < 0 ? read : left;
        return timeout.isZero() ? Duration.ofMillis(1) : timeout;
    }

    private Map<String, String> headers(String authorizationHeader, CallContext call) {
        Map<String, String> headers = new HashMap<>();
        if (authorizationHeader != null) {
            headers.put("Authorization", authorizationHeader);
        }
        call.trace().ifPresent(trace -> headers.put("traceparent", trace));
        return headers;
    }
}
