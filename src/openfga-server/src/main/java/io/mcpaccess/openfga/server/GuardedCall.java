package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.server.http.HttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** One request of {@link GuardedCalls} on its way: access token, breaker, first attempt, perhaps a pause and a second. Ends once. */
final class GuardedCall<T> {

    /** What a retry needs at the least to be worth it. */
    private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(20);

    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final GuardedCalls calls;
    private final Budget budget;
    private final CallContext call;
    private final GuardedCalls.Request<T> request;
    private final Function<ServerFailure, T> orElse;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private boolean isGuarded = true;
    private int retries;

    /**
     * Sends nothing yet.
     *
     * @param orElse what the answer is in place of a failure; {@code null} for a result that fails
     */
    GuardedCall(
            GuardedCalls calls,
            Budget budget,
            CallContext call,
            GuardedCalls.Request<T> request,
            Function<ServerFailure, T> orElse) {
        this.calls = calls;
        this.budget = budget;
        this.call = call;
        this.request = request;
        this.orElse = orElse;
    }

    CompletableFuture<T> begin(int retries) {
        this.retries = retries;
        if (calls.transport.enter()) {
            authorize();
        } else {
            complete(null, calls.failures.of(new IOException("The engine was stopped")));
        }
        return result;
    }

    /** Past the breaker, which hears nothing of it either. */
    CompletableFuture<T> beginAside() {
        isGuarded = false;
        return begin(0);
    }

    private void authorize() {
        CompletableFuture<Optional<String>> header = calls.authorization.value();
        if (header.isDone() && !header.isCompletedExceptionally()) {
            attempt(header.join().orElse(null));
            return;
        }
        HttpTransport.Timer timer = calls.transport.after(budget.left(), () -> fail(new TimeoutException()));
        header.whenComplete((known, failure) -> {
            timer.cancel();
            if (failure != null) {
                fail(failure);
            } else if (!result.isDone()) {
                attempt(known.orElse(null));
            }
        });
    }

    private void attempt(String header) {
        if (isGuarded && calls.transport.isFull()) {
            fail(ServerFailure.of(ServerFailure.Kind.TOO_MANY, "Too many requests to OpenFGA are under way already"));
            return;
        }
        if (isGuarded && !calls.breaker.tryAcquire()) {
            fail(ServerFailure.of(
                    ServerFailure.Kind.BREAKER_OPEN, "OpenFGA failed often of late and is left alone for a moment"));
            return;
        }
        try {
            request.send(
                    new GuardedCalls.Attempt(timeout(), header, call.traceparent()),
                    (answer, failure) -> attempted(header, answer, failure));
        } catch (Throwable e) {
            // Also an Error: the breaker must hear how it went.
            attempted(header, null, e);
        }
    }

    private void attempted(String header, T answer, Throwable thrown) {
        if (thrown == null) {
            if (isGuarded) {
                calls.breaker.succeeded();
            }
            end(answer, null);
            return;
        }
        ServerFailure failure = calls.failures.of(thrown);
        if (isGuarded) {
            report(failure, header);
        }
        retryOrFail(failure);
    }

    private void report(ServerFailure failure, String header) {
        if (failure.isOutage()) {
            calls.breaker.failed();
        } else {
            calls.breaker.succeeded();
        }
        if (failure.status() == 401 && header != null) {
            calls.authorization.refused(header);
        }
    }

    private void retryOrFail(ServerFailure failure) {
        Duration pause = failure.retryAfter()
                .map(asked -> asked.isNegative() ? Duration.ZERO : asked)
                .orElseGet(() -> Duration.ofMillis((long) (calls.random.getAsDouble() * LONGEST_PAUSE_MILLIS)));
        boolean fits = budget.left().minus(SHORTEST_ATTEMPT).compareTo(pause) > 0;
        if (retries == 0 || !failure.isWorthRetrying() || !fits) {
            fail(failure);
            return;
        }
        retries--;
        calls.observer.retried();
        calls.transport.after(pause, this::authorize);
    }

    /** A decision's attempt has the read timeout; a search, whose limit is longer, all that is left. */
    private Duration timeout() {
        Duration left = budget.left();
        Duration read = calls.settings.timeouts().read();
        Duration timeout = budget.isForDecision() && read.compareTo(left) < 0 ? read : left;
        return timeout.isZero() ? Duration.ofMillis(1) : timeout;
    }

    private void fail(Throwable thrown) {
        end(null, calls.failures.of(thrown));
    }

    private void end(T answer, ServerFailure failure) {
        if (complete(answer, failure)) {
            calls.transport.leave();
        }
    }

    private boolean complete(T answer, ServerFailure failure) {
        if (failure == null) {
            return result.complete(answer);
        }
        return orElse == null ? result.completeExceptionally(failure) : result.complete(orElse.apply(failure));
    }
}
