package io.mcpaccess.guard.proxy.front;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * The rest of a body that nobody wants. What is short is taken off the connection, so that the client sees the answer; the
 * connection is closed on what is long or slow. For one event loop.
 */
final class Leftover {
    private static final long MOST_BYTES = 1 << 20;
    private static final long MOST_MILLIS = 2000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private long bytes;

    private Leftover(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    /**
     * @param request that is answered already
     * @param then runs when its body has ended; not when its connection was closed
     */
    static void discard(Vertx vertx, HttpServerRequest request, Runnable then) {
        if (request.isEnded()) {
            then.run();
        } else {
            new Leftover(vertx, request).discard(then);
        }
    }

    private void discard(Runnable then) {
        long timer = vertx.setTimer(MOST_MILLIS, slow -> close());
        request.exceptionHandler(broken -> vertx.cancelTimer(timer));
        request.handler(part -> {
            bytes += part.length();
            if (bytes > MOST_BYTES) {
                vertx.cancelTimer(timer);
                close();
            }
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            then.run();
        });
        request.resume();
    }

    private void close() {
        if (request.version() == io.vertx.core.http.HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}
