package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.server.http.HttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** One request of {@link GuardedCalls} on its way: access token, turn, breaker, first attempt, perhaps a pause and a second. Ends once. */
final class GuardedCall<T> {

    /** What a retry needs at the least to be worth it. */
    private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(20);

    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final GuardedCalls calls;
    private final Turns turns;
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
     * @param turns whose turns it waits for
     * @param orElse what the answer is in place of a failure; {@code null} for a result that fails
     */
    GuardedCall(
            GuardedCalls calls,
            Turns turns,
            Budget budget,
            CallContext call,
            GuardedCalls.Request<T> request,
            Function<ServerFailure, T> orElse) {
        this.calls = calls;
        this.turns = turns;
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
        if (!isGuarded) {
            new Sending(timeout(), header).begin();
        } else if (calls.breaker.isShut()) {
            fail(shut());
        } else if (!turns.take()) {
            new InTurn(header).await();
        } else if (!sends(header)) {
            turns.pass();
        }
    }

    /** With a turn. Says whether it is still used; else this attempt has ended. */
    private boolean sends(String header) {
        if (calls.breaker.tryAcquire()) {
            return new Sending(timeout(), header).begin();
        }
        fail(shut());
        return false;
    }

    private static ServerFailure shut() {
        return ServerFailure.of(
                ServerFailure.Kind.BREAKER_OPEN, "OpenFGA failed often of late and is left alone for a moment");
    }

    private static ServerFailure tooMany() {
        return ServerFailure.of(ServerFailure.Kind.TOO_MANY, "OpenFGA is asked more than it can answer in time");
    }

    /** Waits for a turn, no longer than the budget. Ends once: when it is sent, or when that is too late. */
    private final class InTurn implements Turns.Waiting {

        private final String header;
        private final AtomicBoolean isOver = new AtomicBoolean();
        private HttpTransport.Timer timer;

        private InTurn(String header) {
            this.header = header;
        }

        private void await() {
            timer = calls.transport.after(budget.left(), () -> {
                turns.leave(this);
                giveUp();
            });
            if (!turns.await(this)) {
                timer.cancel();
                giveUp();
            }
        }

        @Override
        public boolean begin() {
            if (!isOver.compareAndSet(false, true)) {
                return false;
            }
            timer.cancel();
            // What cannot be answered in time any more must not take the time of what can.
            if (turns.isTimeFor(budget.left())) {
                return sends(header);
            }
            fail(tooMany());
            return false;
        }

        private void giveUp() {
            if (isOver.compareAndSet(false, true)) {
                fail(tooMany());
            }
        }
    }

    /** One attempt on its way. Its turn is passed on by whoever is last: the one who sends, or the answer that came meanwhile. */
    private final class Sending {

        private final Duration timeout;
        private final String header;
        private final long since = budget.now();
        private final AtomicBoolean isHalfDone = new AtomicBoolean();
        /** What fails while it is sent may have left something behind that ends it once more. */
        private final AtomicBoolean isEnded = new AtomicBoolean();

        private Sending(Duration timeout, String header) {
            this.timeout = timeout;
            this.header = header;
        }

        /** Says whether the answer is still to come. */
        private boolean begin() {
            try {
                request.send(new GuardedCalls.Attempt(timeout, header, call.traceparent()), this::ended);
            } catch (Throwable e) {
                // Also an Error: the breaker must hear how it went.
                ended(null, e);
            }
            return isHalfDone.compareAndSet(false, true);
        }

        private void ended(T answer, Throwable thrown) {
            if (!isEnded.compareAndSet(false, true)) {
                return;
            }
            ServerFailure failure = thrown == null ? null : calls.failures.of(thrown);
            if (isGuarded) {
                report(failure);
                if (!isHalfDone.compareAndSet(false, true)) {
                    turns.pass();
                }
            }
            if (failure == null) {
                end(answer, null);
            } else {
                retryOrFail(failure);
            }
        }

        private void report(ServerFailure failure) {
            if (failure == null || !failure.isOutage()) {
                calls.breaker.succeeded();
                turns.answered(budget.now() - since, longest());
            } else if (failure.kind() != ServerFailure.Kind.TIMEOUT) {
                calls.breaker.failed();
            } else if (isFair()) {
                calls.breaker.keptSilent();
                turns.unanswered(longest());
            } else {
                calls.breaker.learnedNothing();
            }
            if (failure != null && failure.status() == 401 && header != null) {
                calls.authorization.refused(header);
            }
        }

        /** Whether it had the server's time for an answer, and not what others had left of it; a search may be just too large. */
        private boolean isFair() {
            return budget.isForDecision()
                    && timeout.compareTo(longest().multipliedBy(3).dividedBy(4)) >= 0;
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
        Duration longest = longest();
        Duration timeout = longest.compareTo(left) < 0 ? longest : left;
        return timeout.isZero() ? Duration.ofMillis(1) : timeout;
    }

    private Duration longest() {
        Duration read = calls.settings.timeouts().read();
        return budget.isForDecision() && read.compareTo(budget.limit()) < 0 ? read : budget.limit();
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
