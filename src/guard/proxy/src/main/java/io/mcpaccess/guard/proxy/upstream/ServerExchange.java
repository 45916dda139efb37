package io.mcpaccess.guard.proxy.upstream;

import io.mcpaccess.guard.ListFilter;
import io.mcpaccess.guard.McpHeaders;
import io.mcpaccess.guard.http.MediaTypes;
import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.mcpaccess.guard.proxy.settings.StreamTimes;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One request to a server and its answer. It ends whatever the server does: no connection, no answer in time, an answer that
 * breaks off or falls silent, and a client that is gone. For one event loop.
 */
final class ServerExchange {
    private static final int LOOKS = 4;

    private final Vertx vertx;
    private final AllowedRequest allowed;
    private final ClientAnswer client;
    private final StreamTimes times;
    private final InstantSource clock;
    private HttpClientRequest request;
    private long timer;
    private long lastRead;
    private boolean isHeld;
    private boolean done;
    private ServerAnswer body;

    ServerExchange(Vertx vertx, AllowedRequest allowed, ClientAnswer client, StreamTimes times, InstantSource clock) {
        this.vertx = vertx;
        this.allowed = allowed;
        this.client = client;
        this.times = times;
        this.clock = clock;
    }

    void start(Future<HttpClientRequest> opening) {
        timer = vertx.setTimer(times.answer().toMillis(), late -> {
            client.failed(504, "The MCP server did not answer in time.");
            finish(true);
        });
        client.onGone(() -> finish(true));
        opening.onComplete(opened -> {
            if (opened.failed()) {
                unreachable();
                return;
            }
            request = opened.result();
            if (done) {
                request.reset();
                return;
            }
            Buffer message = Buffer.buffer(allowed.decision().forServer().body());
            (allowed.decision().forServer().hasBody() ? request.send(message) : request.send())
                    .onSuccess(this::answered)
                    .onFailure(failure -> unreachable());
        });
    }

    private void unreachable() {
        if (!done) {
            client.failed(502, "The MCP server cannot be reached.");
            finish(true);
        }
    }

    private void answered(HttpClientResponse response) {
        if (done) {
            return;
        }
        vertx.cancelTimer(timer);
        if (isUnusable(response)) {
            client.failed(502, "The MCP server's answer cannot be passed on.");
            finish(true);
            return;
        }
        Optional<ListFilter> filter = allowed.decision().list();
        MultiMap headers = forClient(response);
        if (MediaTypes.isEventStream(response.getHeader("Content-Type"))) {
            body = new EventBody(vertx, allowed, client, headers, response.statusCode(), times, clock);
        } else if (filter.isPresent()) {
            body = new FilteredBody(vertx, filter.get(), client, headers, response.statusCode());
        } else {
            body = new PlainBody(client, headers, response.statusCode(), response.getHeader("Content-Length"));
        }
        client.onGone(() -> finish(true));
        read(response);
    }

    private void read(HttpClientResponse response) {
        lastRead = System.nanoTime();
        long period = Math.max(1, times.idle().toMillis() / LOOKS);
        timer = vertx.setPeriodic(period, fired -> look());
        body.onFree(() -> {
            isHeld = false;
            lastRead = System.nanoTime();
            response.resume();
        });
        response.exceptionHandler(failure -> broken());
        response.handler(part -> {
            lastRead = System.nanoTime();
            if (!done && !body.take(part)) {
                isHeld = true;
                response.pause();
            }
        });
        response.endHandler(end -> {
            if (!done) {
                finish(false);
                body.end();
            }
        });
        body.begin();
    }

    /** A server that is gone without a word must not hold its client for ever. */
    private void look() {
        if (!isHeld && System.nanoTime() - lastRead > times.idle().toNanos()) {
            broken();
        }
    }

    private void broken() {
        if (!done) {
            client.breakOff();
            finish(true);
        }
    }

    private void finish(boolean breakOff) {
        if (done) {
            return;
        }
        done = true;
        vertx.cancelTimer(timer);
        if (breakOff) {
            if (body != null) {
                body.close();
            }
            if (request != null) {
                request.reset();
            }
        }
    }

    /** A server that wants a token of its own, redirects or compresses: a client could make nothing of it. */
    private static boolean isUnusable(HttpClientResponse response) {
        String coding = response.getHeader("Content-Encoding");
        boolean encoded = coding != null && !coding.isEmpty() && !coding.equalsIgnoreCase("identity");
        int status = response.statusCode();
        return encoded || status == 401 || status / 100 == 3 || status < 200;
    }

    private MultiMap forClient(HttpClientResponse response) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        String type = response.getHeader("Content-Type");
        if (type != null) {
            headers.set("Content-Type", type);
        }
        for (String name : response.headers().names()) {
            if (PassedHeaders.isForClient(name) && !name.equalsIgnoreCase(McpHeaders.SESSION_ID)) {
                headers.set(name, response.headers().getAll(name));
            }
        }
        Optional.ofNullable(response.getHeader(McpHeaders.SESSION_ID))
                .flatMap(allowed.decision().session()::forClient)
                .ifPresent(id -> headers.set(McpHeaders.SESSION_ID, id));
        if (allowed.decision().list().isPresent()) {
            headers.set("Cache-Control", "private, no-store");
        }
        headers.set("X-Accel-Buffering", "no");
        return headers;
    }
}
