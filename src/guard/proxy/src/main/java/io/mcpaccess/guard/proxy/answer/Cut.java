package io.mcpaccess.guard.proxy.answer;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Ends a client's connection at once. The host's own {@code close} first sends what is still to be sent, so a client that
 * reads nothing would keep its connection for ever.
 */
public final class Cut {
    private Cut() {}

    /**
     * @param connection of a client; what was not sent on it is dropped. A second time does nothing
     */
    public static void off(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            // Not the channel's own close, which goes through the host's.
            server.channelHandlerContext().close();
        } else {
            connection.close();
        }
    }
}
