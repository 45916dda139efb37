package io.mcpaccess.guard.proxy.upstream;

import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.OptionalLong;

/** A body that goes on as it is. Its head waits for its first byte: where there is none, the client is told so. */
final class PlainBody implements ServerAnswer {
    private final ClientAnswer client;
    private final MultiMap headers;
    private final int status;
    private final OptionalLong length;
    private boolean begun;

    PlainBody(ClientAnswer client, MultiMap headers, int status, String length) {
        this.client = client;
        this.headers = headers;
        this.status = status;
        this.length = length != null && length.matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(length))
                : OptionalLong.empty();
    }

    @Override
    public void begin() {
        // See take.
    }

    @Override
    public boolean take(Buffer part) {
        if (!begun) {
            begun = true;
            client.begin(status, headers, length);
        }
        client.write(part);
        return !client.isFull();
    }

    @Override
    public void onFree(Runnable task) {
        client.onDrain(task);
    }

    @Override
    public void end() {
        if (begun) {
            client.end();
        } else {
            client.whole(status, headers, Buffer.buffer());
        }
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
