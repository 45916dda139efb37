package io.mcpaccess.guard.proxy.answer;

import io.mcpaccess.guard.http.HttpAnswer;
import io.mcpaccess.guard.jsonrpc.JsonRpcAnswers;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The answer to one request. It ends exactly once: when it is whole, when it breaks off, when the client is gone, or when
 * it reads no more. For the event loop of its connection alone.
 */
public final class ClientAnswer {
    private final HttpServerResponse response;
    private final AnswerEnd end;
    private boolean last;
    private int status;

    /**
     * @param vertx the host
     * @param request what is answered
     * @param patience how long its client may take nothing of what is sent to it
     */
    public ClientAnswer(Vertx vertx, HttpServerRequest request, Duration patience) {
        this.response = request.response();
        this.end = new AnswerEnd(vertx, request, patience);
    }

    /**
     * @param task runs once when the answer is over, however it ended
     */
    public void onEnd(Runnable task) {
        end.onEnd(task);
    }

    /**
     * @param task runs when nobody reads the answer any more and what it is made of must stop; not after a whole answer
     */
    public void onGone(Runnable task) {
        end.onGone(task);
    }

    /**
     * @return whether nothing can be said any more
     */
    public boolean isOver() {
        return end.isOver();
    }

    /**
     * @return the HTTP status that was sent; 0 before
     */
    public int status() {
        return status;
    }

    /** The connection takes no other request: what the client sent behind this one cannot be told from it. */
    public void endsConnection() {
        last = true;
    }

    /**
     * @return whether the connection takes no other request
     */
    public boolean isLast() {
        return last;
    }

    /**
     * @param answer the whole of it
     */
    public void whole(HttpAnswer answer) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        answer.headers().forEach(headers::set);
        whole(answer.status(), headers, Buffer.buffer(answer.body()));
    }

    /**
     * @param code the HTTP status
     * @param headers without the length
     * @param content may be empty
     */
    public void whole(int code, MultiMap headers, Buffer content) {
        if (end.isOver()) {
            return;
        }
        begin(code, headers, OptionalLong.of(content.length()));
        end.whole(content);
    }

    /**
     * What the proxy itself has to say, as a JSON-RPC error.
     *
     * @param code the HTTP status
     * @param problem for the client's developer
     */
    public void failed(int code, String problem) {
        String error = JsonRpcAnswers.error(null, JsonRpcErrors.INTERNAL_ERROR, problem);
        Map<String, String> headers = code == 503 || code == 429
                ? Map.of("Content-Type", "application/json", "Retry-After", "2")
                : Map.of("Content-Type", "application/json");
        whole(new HttpAnswer(code, headers, error));
    }

    /**
     * Begins an answer whose body follows.
     *
     * @param code the HTTP status
     * @param headers without the length
     * @param length of the body, where it is known
     */
    public void begin(int code, MultiMap headers, OptionalLong length) {
        if (end.isOver() || status != 0) {
            return;
        }
        status = code;
        response.setStatusCode(code);
        response.headers().addAll(headers);
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (length.isPresent() && code != 204) {
            response.putHeader("Content-Length", String.valueOf(length.getAsLong()));
        } else if (length.isEmpty() && end.isHttp1()) {
            response.setChunked(true);
        }
        if (last && end.isHttp1()) {
            response.putHeader("Connection", "close");
        }
    }

    /** Sends what was begun before its body comes: a client of a stream waits for it. */
    public void sendHead() {
        if (!end.isOver()) {
            response.writeHead();
        }
    }

    /**
     * @param part of the body
     */
    public void write(Buffer part) {
        if (!end.isOver()) {
            end.body().send(part);
        }
    }

    /**
     * @return whether the client reads slower than it is written to
     */
    public boolean isFull() {
        return !end.isOver() && response.writeQueueFull();
    }

    /**
     * @param task runs when the client has read on
     */
    public void onDrain(Runnable task) {
        response.drainHandler(drained -> task.run());
    }

    /** The body is whole. */
    public void end() {
        if (!end.isOver()) {
            end.whole(Buffer.buffer());
        }
    }

    /**
     * Says what went wrong where nothing was said yet; else breaks off.
     *
     * @param code the HTTP status
     * @param problem for the client's developer
     */
    public void giveUp(int code, String problem) {
        if (status == 0) {
            failed(code, problem);
        } else {
            breakOff();
        }
    }

    /** What went out must not look like a whole answer. */
    public void breakOff() {
        end.breakOff();
    }
}
