package io.mcpaccess.guard.proxy.answer;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Sends a body in parts short enough that a client that reads is seen to do so after each. For one event loop. */
final class BodyParts {
    private static final int PART_BYTES = 1 << 16;

    private final HttpServerResponse response;
    private final Unread unread;
    private Future<Void> lastWrite = Future.succeededFuture();

    BodyParts(HttpServerResponse response, Unread unread) {
        this.response = response;
        this.unread = unread;
    }

    /**
     * @return done when the last part is on its way
     */
    Future<Void> lastWrite() {
        return lastWrite;
    }

    /**
     * @param bytes to be sent, all of them
     */
    void send(Buffer bytes) {
        write(sendUpToLast(bytes));
    }

    /**
     * @param bytes to be sent but for the last part
     * @return that part
     */
    Buffer sendUpToLast(Buffer bytes) {
        int sent = 0;
        for (; bytes.length() - sent > PART_BYTES; sent += PART_BYTES) {
            write(bytes.slice(sent, sent + PART_BYTES));
        }
        return sent == 0 ? bytes : bytes.slice(sent, bytes.length());
    }

    private void write(Buffer part) {
        lastWrite = response.write(part);
        unread.add(lastWrite);
    }
}
