package io.mcpaccess.guard.proxy.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.mcpaccess.guard.proxy.answer.EventStream;
import io.mcpaccess.guard.proxy.settings.StreamTimes;
import io.mcpaccess.guard.proxy.upstream.AllowedRequest;
import io.mcpaccess.guard.proxy.upstream.VisibleMessages;
import io.mcpaccess.guard.sse.ServerEvent;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A client that waits for messages of a server: for the answer to its request, or with an open stream. A request whose answer
 * comes first gets it as JSON; where other messages come before, or nothing for a while, the answer becomes a stream. For the
 * event loop of the client, but for {@link #pass}, which threads may call.
 */
final class WaitingClient {
    private static final int OK = 200;

    private final Vertx vertx;
    private final Context context;
    private final AllowedRequest request;
    private final ClientAnswer client;
    private final StreamTimes times;
    private final InstantSource clock;
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private final boolean takesStream;
    private final VisibleMessages visible;
    private EventStream stream;
    private long timer;
    private long lastMessage = System.nanoTime();

    WaitingClient(Vertx vertx, AllowedRequest request, ClientAnswer client, StreamTimes times, InstantSource clock) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.request = request;
        this.client = client;
        this.times = times;
        this.clock = clock;
        this.visible = new VisibleMessages(vertx, request.decision().list());
        String accept = request.headers().get("Accept");
        this.takesStream = accept == null || accept.contains("text/event-stream") || accept.contains("*/*");
        headers.set("Cache-Control", request.decision().list().isPresent() ? "private, no-store" : "no-store");
        headers.set("X-Accel-Buffering", "no");
    }

    /** A header that goes with the answer. */
    WaitingClient with(String name, String value) {
        headers.set(name, value);
        return this;
    }

    /**
     * @param gone runs when the client does not wait any more
     */
    void begin(Runnable gone) {
        client.onGone(() -> {
            vertx.cancelTimer(timer);
            if (stream != null) {
                stream.close();
            }
            gone.run();
        });
        if (request.method().equals("GET")) {
            openStream();
        } else {
            timer = vertx.setPeriodic(Math.max(1, times.heartbeat().toMillis() / 2), fired -> look(gone));
        }
    }

    private void look(Runnable gone) {
        if (client.isOver()) {
            vertx.cancelTimer(timer);
            gone.run();
            return;
        }
        long silent = System.nanoTime() - lastMessage;
        if (stream == null && takesStream && silent >= times.heartbeat().toNanos()) {
            openStream();
        } else if (stream == null && silent >= times.answer().toNanos()) {
            vertx.cancelTimer(timer);
            client.failed(504, "The MCP server did not answer in time.");
            gone.run();
        } else if (stream != null && silent >= times.idle().toNanos()) {
            client.breakOff();
        }
    }

    private void openStream() {
        headers.set("Content-Type", "text/event-stream;charset=utf-8");
        client.begin(OK, headers, OptionalLong.empty());
        client.sendHead();
        EventStream.Rules rules =
                new EventStream.Rules(visible, id -> Optional.empty(), times.heartbeat(), request.expiry());
        stream = new EventStream(client, rules, clock, vertx);
    }

    /**
     * @param message of the server
     * @param isLast whether it is the answer itself
     * @return completes when the client takes more
     */
    CompletableFuture<Void> pass(String message, boolean isLast) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        context.runOnContext(now -> {
            lastMessage = System.nanoTime();
            if (client.isOver()) {
                taken.complete(null);
            } else if (isLast && stream == null) {
                vertx.cancelTimer(timer);
                whole(message);
                taken.complete(null);
            } else {
                event(message, isLast, taken);
            }
        });
        return taken;
    }

    private void event(String message, boolean isLast, CompletableFuture<Void> taken) {
        if (stream == null) {
            openStream();
        }
        stream.event(new ServerEvent(Optional.empty(), Optional.of("message"), Optional.empty(), Optional.of(message)));
        if (isLast) {
            vertx.cancelTimer(timer);
            stream.end();
        }
        if (stream.isBusy()) {
            stream.onFree(() -> taken.complete(null));
        } else {
            taken.complete(null);
        }
    }

    private void whole(String message) {
        headers.set("Content-Type", "application/json");
        visible.apply(message)
                .whenComplete((seen, failure) -> context.runOnContext(now -> {
                    if (failure == null) {
                        client.whole(OK, headers, Buffer.buffer(seen.orElse("")));
                    } else {
                        client.failed(503, "Access could not be decided. Try again later.");
                    }
                }));
    }

    /** No answer will come: what went out must not look whole. */
    void fail(int status, String problem) {
        context.runOnContext(now -> {
            vertx.cancelTimer(timer);
            if (stream == null) {
                client.failed(status, problem);
            } else {
                stream.close();
                client.breakOff();
            }
        });
    }

    /** The stream of a session that is over ends as a whole one. */
    void end() {
        context.runOnContext(now -> {
            if (stream != null) {
                stream.end();
            }
        });
    }

    /**
     * @return what the answer's id will be; empty for a stream
     */
    Optional<JsonNode> id() {
        return request.decision().forServer().message().map(message -> ((JsonRpcMessage.Request) message).id());
    }

    /**
     * @return what progress is told by; a missing node for none
     */
    JsonNode progressToken() {
        return request.decision()
                .forServer()
                .message()
                .map(message -> ((JsonRpcMessage.Request) message)
                        .params()
                        .path("_meta")
                        .path("progressToken"))
                .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }
}
