package io.mcpaccess.engine.console;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.Failures;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of the console, answered once. OpenFGA's own 401, 403 and 404 are never handed on: the console would log the
 * administrator out, or leave the page.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** More than any call of a backend may take. */
    private static final long PATIENCE_SECONDS = 15;

    private final AsyncResponse response;

    private Exchange(AsyncResponse response) {
        this.response = response;
    }

    static Exchange on(AsyncResponse response) {
        response.setTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        response.setTimeoutHandler(
                late -> late.resume(toResponse(ConsoleAnswer.error(503, "The store did not answer in time"))));
        return new Exchange(response);
    }

    /** Answers on a thread that may block: the server writes the response on it. */
    void answer(Supplier<CompletionStage<ConsoleAnswer>> call) {
        CompletionStage<ConsoleAnswer> answer;
        try {
            answer = call.get();
        } catch (RuntimeException e) {
            response.resume(toResponse(answerTo(e)));
            return;
        }
        answer.exceptionally(Exchange::answerTo).thenAcceptAsync(ready -> response.resume(toResponse(ready)));
    }

    private static ConsoleAnswer answerTo(Throwable thrown) {
        Throwable cause = Failures.unwrapped(thrown);
        if (cause instanceof ConsoleException known) {
            return ConsoleAnswer.error(known.status(), known.getMessage());
        }
        if (cause instanceof BackendException failure) {
            return ConsoleAnswer.error(status(failure.problem()), failure.getMessage());
        }
        LOG.error("A call of the console's OpenFGA pages failed", cause);
        return ConsoleAnswer.error(500, "The engine failed; its log says why");
    }

    private static int status(BackendException.Problem problem) {
        return switch (problem) {
            case INVALID_INPUT -> 400;
            case CREDENTIALS_REFUSED, NOT_FOUND -> 502;
            case UNSUPPORTED -> 501;
            case UNAVAILABLE -> 503;
        };
    }

    private static Response toResponse(ConsoleAnswer answer) {
        Response.ResponseBuilder builder = Response.status(answer.status());
        if (answer.body() != null) {
            builder.type("application/json;charset=utf-8").entity(ConsoleJson.write(answer.body()));
        }
        return builder.header("Cache-Control", "no-store").build();
    }
}
