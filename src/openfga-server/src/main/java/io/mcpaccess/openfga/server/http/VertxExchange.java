package io.mcpaccess.openfga.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * One request and its answer over Vert.x. Whatever comes first ends it, once: the answer's last byte, a failure, or the time; what comes
 * after that gives the exchange up.
 */
final class VertxExchange {

    private final Vertx vertx;
    private final VertxPulse pulse;
    private final HttpCall call;
    private final AnswerBody body;
    private final BiConsumer<WholeAnswer, Throwable> end;

    private final AtomicBoolean isOver = new AtomicBoolean();

    private volatile HttpClientRequest request;
    private long timer;
    private int received;

    VertxExchange(
            Vertx vertx, VertxPulse pulse, HttpCall call, AnswerBody body, BiConsumer<WholeAnswer, Throwable> end) {
        this.vertx = vertx;
        this.pulse = pulse;
        this.call = call;
        this.body = body;
        this.end = end;
    }

    void begin(HttpClient client, RequestOptions options) {
        timer = vertx.setTimer(Math.max(1, call.timeout().toMillis()), id -> late());
        try {
            client.request(options).onComplete(connected -> {
                if (connected.succeeded()) {
                    send(connected.result());
                } else {
                    fail(connected.cause());
                }
            });
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void send(HttpClientRequest connected) {
        request = connected;
        if (isOver.get()) {
            // The time was over before there was a connection.
            VertxLines.reset(connected);
            return;
        }
        try {
            call.headers().forEach(connected::putHeader);
            if (call.authorization() != null) {
                connected.putHeader("Authorization", call.authorization());
            }
            if (call.traceparent() != null) {
                connected.putHeader("traceparent", call.traceparent());
            }
            Future<HttpClientResponse> answered =
                    call.body() == null ? connected.send() : connected.send(Buffer.buffer(call.body()));
            answered.onComplete(head -> {
                if (head.succeeded()) {
                    read(head.result());
                } else {
                    fail(head.cause());
                }
            });
        } catch (RuntimeException e) {
            giveUp(e);
        }
    }

    private void read(HttpClientResponse answer) {
        body.begins();
        answer.exceptionHandler(this::fail)
                .handler(this::next)
                .endHandler(done -> finish(answer.statusCode(), answer.getHeader("Retry-After")));
    }

    private void next(Buffer bytes) {
        if (isOver.get()) {
            return;
        }
        received += bytes.length();
        if (received > call.mostBytes()) {
            giveUp(new AnswerTooLargeException(call.mostBytes()));
            return;
        }
        body.next(bytes.getBytes());
    }

    private void finish(int status, String retryAfter) {
        if (isOver.compareAndSet(false, true)) {
            vertx.cancelTimer(timer);
            end.accept(new WholeAnswer(status, retryAfter, body.bytes()), null);
        }
    }

    private void fail(Throwable failure) {
        if (isOver.compareAndSet(false, true)) {
            vertx.cancelTimer(timer);
            end.accept(null, failure);
        }
    }

    private void late() {
        HttpClientRequest sent = request;
        if (sent != null && !isOver.get()) {
            pulse.feel(sent);
        }
        giveUp(new TimeoutException("no whole answer in " + call.timeout().toMillis() + " ms"));
    }

    private void giveUp(Throwable failure) {
        if (isOver.compareAndSet(false, true)) {
            vertx.cancelTimer(timer);
            HttpClientRequest sent = request;
            if (sent != null) {
                VertxLines.reset(sent);
            }
            end.accept(null, failure);
        }
    }
}
