package io.mcpaccess.openfga.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out whether a connection of HTTP/2 still leads anywhere, where a request on it got no answer in time. One that a network has
 * silently forgotten takes requests for a quarter of an hour, until TCP gives it up, and none of them is answered; a connection of
 * HTTP/1.1 is closed with its request. Safe for use by many threads.
 */
final class VertxPulse {

    /** Far longer than any way to a server; a slow server answers a ping at once all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final byte[] PING = new byte[8];

    private final Vertx vertx;
    private final Set<HttpConnection> asked = ConcurrentHashMap.newKeySet();

    VertxPulse(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Closes the request's connection unless it answers a ping (RFC 9113, section 6.7). Returns at once. */
    void feel(HttpClientRequest unanswered) {
        HttpConnection connection = unanswered.connection();
        if (unanswered.version() != HttpVersion.HTTP_2 || !asked.add(connection)) {
            return;
        }
        long timer = vertx.setTimer(PATIENCE.toMillis(), id -> {
            if (asked.remove(connection)) {
                connection.close();
            }
        });
        connection.ping(Buffer.buffer(PING)).onComplete(pong -> {
            vertx.cancelTimer(timer);
            asked.remove(connection);
        });
    }
}
