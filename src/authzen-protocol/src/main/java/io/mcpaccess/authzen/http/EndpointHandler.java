package io.mcpaccess.authzen.http;

import io.mcpaccess.core.authzen.MalformedRequestException;
import io.mcpaccess.openfga.Failures;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.rxjava3.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an endpoint on a route: every request gets exactly one answer, in time, on its own Vert.x context.
 */
public final class EndpointHandler implements Handler<RoutingContext> {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointHandler.class);

    /** The same as where the engine gives no answer, so that callers read one form of 503. */
    private static final String LATE = "{\"decision\":false,\"context\":{\"reason_code\":\"engine_unavailable\","
            + "\"error\":{\"status\":503,\"message\":\"The request was not answered in time.\"}}}";

    private final Vertx vertx;
    private final Endpoint endpoint;
    private final Duration limit;

    /**
     * Wires one endpoint.
     *
     * @param vertx gives the context that the answer is written on
     * @param endpoint what answers
     * @param limit the time after which 503 is answered whatever the endpoint still does
     */
    public EndpointHandler(Vertx vertx, Endpoint endpoint, Duration limit) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    @Override
    public void handle(RoutingContext routing) {
        Context context = vertx.getOrCreateContext();
        AtomicBoolean isAnswered = new AtomicBoolean();
        long timer = vertx.setTimer(
                limit.toMillis(), late -> write(context, routing, isAnswered, failure(new TimeoutException())));
        answer(routing).whenComplete((answer, thrown) -> {
            vertx.cancelTimer(timer);
            write(context, routing, isAnswered, answer != null ? answer : failure(thrown));
        });
    }

    /** Most answers come on the request's own context, and need not wait for its next turn. */
    private void write(Context context, RoutingContext routing, AtomicBoolean isAnswered, Answer answer) {
        if (!isAnswered.compareAndSet(false, true)) {
            return;
        }
        if (Vertx.currentContext() == context) {
            AnswerWriter.write(routing, answer);
        } else {
            context.runOnContext(turn -> AnswerWriter.write(routing, answer));
        }
    }

    private CompletionStage<Answer> answer(RoutingContext routing) {
        try {
            return Objects.requireNonNull(endpoint.answer(Call.of(routing)));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Answer failure(Throwable thrown) {
        Throwable cause = thrown == null ? new IllegalStateException("no answer") : Failures.unwrapped(thrown);
        if (cause instanceof MalformedRequestException) {
            return Answer.error(400, cause.getMessage());
        }
        if (cause instanceof TimeoutException) {
            LOG.warn("An AuthZEN request was not answered in time; 503 was sent");
            return Answer.json(503, LATE);
        }
        LOG.error("An AuthZEN request failed; 500 was sent", cause);
        return Answer.error(500, "The request could not be answered; the gateway's log has the reason.");
    }
}
