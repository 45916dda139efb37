package io.mcpaccess.authzen.http;

import io.vertx.core.Handler;
import io.vertx.rxjava3.ext.web.RoutingContext;

/** Answers what failed before an endpoint was reached, in the form of AuthZEN's errors. */
public final class FailureHandler implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext routing) {
        AnswerWriter.write(routing, answer(routing.getDelegate().statusCode()));
    }

    private static Answer answer(int status) {
        if (status == 413) {
            return Answer.error(400, "The body is too large.");
        }
        return status >= 400 && status < 500
                ? Answer.error(status, "The request could not be read.")
                : Answer.error(500, "The request could not be answered; the gateway's log has the reason.");
    }
}
