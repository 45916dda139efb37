package io.mcpaccess.guard.proxy.front;

import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.Limits;
import io.mcpaccess.guard.McpGuard;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads a body of a bounded length in a bounded time. For one event loop. */
final class BodyReader {
    private final Vertx vertx;
    private final McpGuard guard;
    private final Consumer<byte[]> whole;
    private final Consumer<Refused> refused;
    private final Buffer body = Buffer.buffer();
    private long timer;
    private boolean done;

    /**
     * @param vertx the host
     * @param guard has the bounds, and the words for a body beyond them
     * @param whole gets the body
     * @param refused gets why there is none; one of the two is called, once
     */
    BodyReader(Vertx vertx, McpGuard guard, Consumer<byte[]> whole, Consumer<Refused> refused) {
        this.vertx = vertx;
        this.guard = guard;
        this.whole = whole;
        this.refused = refused;
    }

    /**
     * @param request paused until now
     */
    void read(HttpServerRequest request) {
        Limits limits = guard.configuration().limits();
        timer = vertx.setTimer(limits.callers().bodyTime().toMillis(), late -> refuse(guard.bodyTooSlow()));
        request.exceptionHandler(broken -> refuse(guard.bodyUnreadable()));
        request.handler(part -> {
            if (!done && body.length() + part.length() > limits.bodyBytes()) {
                refuse(guard.bodyTooLong());
            } else if (!done) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            if (!done) {
                done = true;
                vertx.cancelTimer(timer);
                whole.accept(body.getBytes());
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private void refuse(Refused reason) {
        if (!done) {
            done = true;
            vertx.cancelTimer(timer);
            refused.accept(reason);
        }
    }
}
