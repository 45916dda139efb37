package io.mcpaccess.guard.proxy.upstream;

import io.mcpaccess.guard.ListFilter;
import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A body that is one message and may be a list of tools: read to its end, then what the caller may see of it goes on. */
final class FilteredBody implements ServerAnswer {
    /** A longer one is not read: it would be a list of some ten thousand tools. */
    private static final int MOST_BYTES = 1 << 24;

    private final Context context;
    private final VisibleMessages visible;
    private final ClientAnswer client;
    private final MultiMap headers;
    private final int status;
    private final Buffer whole = Buffer.buffer();
    private boolean tooLong;

    FilteredBody(Vertx vertx, ListFilter filter, ClientAnswer client, MultiMap headers, int status) {
        this.context = vertx.getOrCreateContext();
        this.visible = new VisibleMessages(vertx, Optional.of(filter));
        this.client = client;
        this.headers = headers;
        this.status = status;
    }

    @Override
    public void begin() {
        // Its length is known at its end.
    }

    @Override
    public boolean take(Buffer part) {
        tooLong |= whole.length() + part.length() > MOST_BYTES;
        if (!tooLong) {
            whole.appendBuffer(part);
        }
        return true;
    }

    @Override
    public void onFree(Runnable task) {
        // It always takes more.
    }

    @Override
    public void end() {
        if (tooLong || whole.length() == 0) {
            client.whole(status, headers, Buffer.buffer());
            return;
        }
        String text = whole.toString(StandardCharsets.UTF_8);
        String message = text.charAt(0) == '\uFEFF' ? text.substring(1) : text;
        visible.apply(message)
                .whenComplete((seen, failure) -> context.runOnContext(now -> {
                    if (failure == null) {
                        client.whole(status, headers, Buffer.buffer(seen.orElse("")));
                    } else {
                        client.failed(503, "Access could not be decided. Try again later.");
                    }
                }));
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
