package io.mcpaccess.guard.proxy.answer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * How an answer ends, by HTTP/1.1 and by HTTP/2, and who hears of it: what the answer is made of, which must stop where nobody reads it any
 * more, then whoever waits for its end. Each hears it once. For the event loop of the answer's connection alone.
 */
final class AnswerEnd {
    private static final int SENDS_THE_REST_MILLIS = 2000;

    private final Vertx vertx;
    private final HttpConnection connection;
    private final HttpServerResponse response;
    private final boolean isHttp1;
    private final Unread unread;
    private final BodyParts body;
    private Runnable stopSource = () -> {};
    private Runnable afterEnd = () -> {};
    private boolean over;
    private boolean isReset;

    /**
     * @param vertx the host
     * @param request what is answered
     * @param patience how long its client may take nothing of what is sent to it
     */
    AnswerEnd(Vertx vertx, HttpServerRequest request, Duration patience) {
        this.vertx = vertx;
        this.connection = request.connection();
        this.response = request.response();
        this.unread = new Unread(vertx, patience, this::neverRead);
        this.body = new BodyParts(response, unread);
        this.isHttp1 = request.version() != HttpVersion.HTTP_2;
        response.exceptionHandler(failure -> gone());
        response.closeHandler(closed -> closed());
    }

    /** What the answer's body is sent through. */
    BodyParts body() {
        return body;
    }

    boolean isHttp1() {
        return isHttp1;
    }

    /** Whether nothing can be said any more. */
    boolean isOver() {
        return over;
    }

    /** What runs once when the answer is over, however it ended. */
    void onEnd(Runnable task) {
        afterEnd = task;
    }

    /** What runs when nobody reads the answer any more, at once where it is over; not after a whole answer. */
    void onGone(Runnable task) {
        stopSource = task;
        if (over) {
            task.run();
        }
    }

    /** The answer is whole with these bytes. */
    void whole(Buffer rest) {
        over = true;
        if (isHttp1) {
            Buffer tail = body.sendUpToLast(rest);
            unread.add(response.end(tail).onComplete(done -> ended(false)));
            return;
        }
        if (rest.length() > 0) {
            body.send(rest);
        }
        // The host resets no stream whose end it was given, even if none of it was sent.
        body.lastWrite().onComplete(sent -> {
            if (sent.succeeded()) {
                unread.add(response.end().onComplete(done -> ended(false)));
            } else {
                ended(false);
            }
        });
    }

    /** What went out must not look like a whole answer. */
    void breakOff() {
        if (over) {
            return;
        }
        over = true;
        if (isHttp1) {
            response.reset();
            vertx.setTimer(SENDS_THE_REST_MILLIS, late -> Cut.off(connection));
            ended(true);
        } else {
            resetStream();
        }
    }

    /** Of a connection of HTTP/2 others may read, so it is cut off only when its client does not even take the reset. */
    private void neverRead() {
        over = true;
        if (isHttp1 || isReset) {
            unread.stop();
            Cut.off(connection);
            ended(true);
        } else {
            resetStream();
        }
    }

    /** What was written is held, and a slot of the caller's with it, until the reset is on its way. */
    private void resetStream() {
        isReset = true;
        stopSource();
        Future<Void> reset = response.reset();
        unread.add(reset);
        reset.onComplete(done -> {
            if (done.succeeded() || !unread.isWaiting()) {
                ended(true);
            }
        });
    }

    private void closed() {
        if (isReset) {
            ended(true);
        } else {
            gone();
        }
    }

    private void gone() {
        if (!over) {
            over = true;
            ended(true);
        }
    }

    private void ended(boolean isBroken) {
        if (isBroken) {
            stopSource();
        }
        stopSource = () -> {};
        Runnable after = afterEnd;
        afterEnd = () -> {};
        after.run();
    }

    private void stopSource() {
        Runnable stop = stopSource;
        stopSource = () -> {};
        stop.run();
    }
}
