package io.mcpaccess.authzen.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.rxjava3.ext.web.RoutingContext;

/**
 * Writes answers: never cached, and with the caller's {@code X-Request-ID} returned as it came (AuthZEN 1.0, section
 * 10.1.3).
 */
final class AnswerWriter {

    private static final String REQUEST_ID = "X-Request-ID";

    private AnswerWriter() {}

    /**
     * Writes an answer, on the event loop of the request. A caller that is gone gets none.
     *
     * @param routing the request
     * @param answer the answer
     */
    static void write(RoutingContext routing, Answer answer) {
        var core = routing.getDelegate();
        HttpServerResponse response = core.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.putHeader("Content-Type", answer.contentType());
        response.putHeader("Cache-Control", "no-store");
        response.putHeader("X-Content-Type-Options", "nosniff");
        String requestId = core.request().getHeader(REQUEST_ID);
        if (requestId != null) {
            response.putHeader(REQUEST_ID, requestId);
        }
        response.end(answer.body());
    }
}
