package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.server.http.HttpTransport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Sends requests within a budget: in their turn, past the circuit breaker, with the headers that every request needs, and once more
 * when a read failed in a way that may pass. At most once more, whatever happens: a server in trouble is not helped by
 * being asked harder.
 */
final class GuardedCalls {

    final ServerSettings settings;
    final HttpTransport transport;
    final AuthorizationHeader authorization;
    final CircuitBreaker breaker;
    private final Turns decisions;
    private final Turns searches;
    private final Turns lookUps;
    final ServerFailures failures;
    final ServerObserver observer;
    final DoubleSupplier random;

    GuardedCalls(
            ServerSettings settings,
            HttpTransport transport,
            AuthorizationHeader authorization,
            CircuitBreaker breaker,
            ServerFailures failures,
            ServerObserver observer,
            DoubleSupplier random) {
        this.settings = settings;
        this.transport = transport;
        this.authorization = authorization;
        this.breaker = breaker;
        this.failures = failures;
        this.observer = observer;
        this.random = random;
        Consumer<Runnable> later = task -> transport.after(Duration.ZERO, task);
        this.decisions = new Turns(Turns.FIRST, Turns.MOST, later);
        this.searches = new Turns(Turns.SEARCHES, Turns.SEARCHES, later);
        this.lookUps = new Turns(1, 1, later);
    }

    /** Searches, which may take seconds, have turns of their own: no decision waits for one. */
    private Turns turns(Budget budget) {
        return budget.isForDecision() ? decisions : searches;
    }

    /**
     * One attempt at a request.
     *
     * @param timeout until the last byte of the answer
     * @param authorization the {@code Authorization} header, or {@code null}; secret
     * @param traceparent the caller's trace, or {@code null}
     */
    record Attempt(Duration timeout, String authorization, String traceparent) {

        /** The headers of this attempt, for a client that takes them as a map. */
        Map<String, String> headers() {
            Map<String, String> headers = new HashMap<>();
            if (authorization != null) {
                headers.put("Authorization", authorization);
            }
            if (traceparent != null) {
                headers.put("traceparent", traceparent);
            }
            return headers;
        }

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
         * @param end takes the answer, already read, or what went wrong; called once
         * @throws Exception when it cannot even be sent
         */
        void send(Attempt attempt, BiConsumer<T, Throwable> end) throws Exception;

        /** A request that is sent by something that gives a future. */
        static <T> Request<T> of(FutureRequest<T> request) {
            return (attempt, end) -> request.send(attempt).whenComplete(end);
        }
    }

    /** Sends one attempt and gives a future. */
    @FunctionalInterface
    interface FutureRequest<T> {
        CompletableFuture<T> send(Attempt attempt) throws Exception;
    }

    /** A request as one that gives a future. */
    static <T> FutureRequest<T> futureOf(Request<T> request) {
        return attempt -> {
            CompletableFuture<T> answer = new CompletableFuture<>();
            request.send(attempt, (got, failure) -> {
                if (failure == null) {
                    answer.complete(got);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
            return answer;
        };
    }

    /**
     * Sends a request that changes nothing, twice if need be.
     *
     * @return the answer; fails with a {@link ServerFailure}, within the budget
     */
    <T> CompletableFuture<T> read(Budget budget, CallContext call, FutureRequest<T> request) {
        return new GuardedCall<>(this, turns(budget), budget, call, Request.of(request), null).begin(retries());
    }

    /**
     * Sends a request that changes nothing, twice if need be.
     *
     * @param orElse what the answer is in place of a failure
     * @return the answer, within the budget; never fails
     */
    <T> CompletableFuture<T> read(
            Budget budget, CallContext call, Request<T> request, Function<ServerFailure, T> orElse) {
        return new GuardedCall<>(this, turns(budget), budget, call, request, orElse).begin(retries());
    }

    /**
     * Asks for something that all questions wait for, so that it waits for none of them; twice if need be.
     *
     * @return the answer; fails with a {@link ServerFailure}, within the budget
     */
    <T> CompletableFuture<T> lookUp(Budget budget, FutureRequest<T> request) {
        return new GuardedCall<>(this, lookUps, budget, CallContext.none(), Request.of(request), null).begin(retries());
    }

    private int retries() {
        return settings.retry() ? 1 : 0;
    }

    /**
     * Sends a request that may change something, once.
     *
     * @return the answer; fails with a {@link ServerFailure}, within the budget
     */
    <T> CompletableFuture<T> write(Budget budget, CallContext call, FutureRequest<T> request) {
        return new GuardedCall<>(this, turns(budget), budget, call, Request.of(request), null).begin(0);
    }

    /**
     * Sends a request once, past the circuit breaker: for what is no question of anybody's.
     *
     * @return the answer; fails with a {@link ServerFailure}, within the budget
     */
    <T> CompletableFuture<T> aside(Budget budget, FutureRequest<T> request) {
        return new GuardedCall<>(this, turns(budget), budget, CallContext.none(), Request.of(request), null)
                .beginAside();
    }
}
