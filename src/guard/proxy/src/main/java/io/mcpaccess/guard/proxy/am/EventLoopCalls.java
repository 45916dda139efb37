package io.mcpaccess.guard.proxy.am;

import io.mcpaccess.guard.http.AmCalls;
import io.mcpaccess.guard.http.RemoteCall;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** Calls AM from the event loop that asks, and completes there. Every call ends by its deadline, from first byte to last. */
public final class EventLoopCalls implements AmCalls {
    private static final int MOST_BYTES = 1 << 20;

    private final Vertx vertx;
    private final HttpClient client;
    private final Duration deadline;

    /**
     * @param vertx the host
     * @param client follows no redirect, and reads no compressed answer
     * @param deadline for a whole call
     */
    public EventLoopCalls(Vertx vertx, HttpClient client, Duration deadline) {
        this.vertx = vertx;
        this.client = client;
        this.deadline = deadline;
    }

    @Override
    public CompletableFuture<RemoteCall.Answer> post(URI target, Map<String, String> headers, String body) {
        return new Call().start(HttpMethod.POST, target, headers, Buffer.buffer(body));
    }

    @Override
    public CompletableFuture<RemoteCall.Answer> get(URI target) {
        return new Call().start(HttpMethod.GET, target, Map.of(), Buffer.buffer());
    }

    private final class Call {
        private final CompletableFuture<RemoteCall.Answer> answer = new CompletableFuture<>();
        private final Buffer received = Buffer.buffer();
        private HttpClientRequest request;
        private long timer;

        CompletableFuture<RemoteCall.Answer> start(
                HttpMethod method, URI target, Map<String, String> headers, Buffer body) {
            RequestOptions options = new RequestOptions()
                    .setMethod(method)
                    .setAbsoluteURI(target.toString())
                    .setFollowRedirects(false)
                    .setConnectTimeout(deadline.toMillis())
                    .putHeader("Accept", "application/json");
            headers.forEach(options::putHeader);
            timer = vertx.setTimer(deadline.toMillis(), late -> fail(new TimeoutException()));
            client.request(options).onComplete(opened -> {
                if (opened.failed()) {
                    fail(opened.cause());
                    return;
                }
                request = opened.result();
                if (answer.isDone()) {
                    request.reset();
                    return;
                }
                request.send(body).onSuccess(this::read).onFailure(this::fail);
            });
            return answer;
        }

        private void read(HttpClientResponse response) {
            response.exceptionHandler(this::fail);
            response.handler(part -> {
                if (received.length() + part.length() > MOST_BYTES) {
                    fail(new IOException("the answer is longer than " + MOST_BYTES + " bytes"));
                } else {
                    received.appendBuffer(part);
                }
            });
            response.endHandler(end -> {
                vertx.cancelTimer(timer);
                answer.complete(new RemoteCall.Answer(response.statusCode(), received.getBytes()));
            });
        }

        private void fail(Throwable failure) {
            vertx.cancelTimer(timer);
            Throwable named = failure instanceof ConnectException ? new ConnectException() : failure;
            if (answer.completeExceptionally(named) && request != null) {
                request.reset();
            }
        }
    }
}
