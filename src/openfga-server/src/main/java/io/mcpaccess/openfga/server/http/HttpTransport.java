package io.mcpaccess.openfga.server.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Sends requests and keeps time, without ever blocking. Each request ends exactly once: with a whole answer, or with what went
 * wrong. Redirects are not followed; TLS always checks the host's name.
 *
 * <p>Safe for use by many threads. What is handed in is called on a thread of the transport, which it must not hold.
 */
public interface HttpTransport extends AutoCloseable {

    /** Stops what was to happen later. */
    @FunctionalInterface
    interface Timer {
        /** Stops it, if it has not happened yet. */
        void cancel();
    }

    /**
     * Sends a request. When its time is over, the exchange is given up and its connection or stream dropped.
     *
     * @param call what to send
     * @param body takes the answer's body
     * @param end takes the answer, or else what went wrong: a {@link java.util.concurrent.TimeoutException}, an
     *     {@link AnswerTooLargeException}, or whatever the connection failed with
     */
    void send(HttpCall call, AnswerBody body, BiConsumer<WholeAnswer, Throwable> end);

    /**
     * Sends a request whose answer is wanted as one piece.
     *
     * @param call what to send
     * @return the answer; fails as {@link #send(HttpCall, AnswerBody, BiConsumer)} does
     */
    default CompletableFuture<WholeAnswer> send(HttpCall call) {
        CompletableFuture<WholeAnswer> answer = new CompletableFuture<>();
        send(call, AnswerBody.kept(), (got, failure) -> {
            if (failure == null) {
                answer.complete(got);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    /**
     * Runs something later.
     *
     * @param delay how much later
     * @param task what to run
     * @return stops it
     */
    Timer after(Duration delay, Runnable task);

    /**
     * Runs something that may block for a moment, such as by loading classes.
     *
     * @param task what to run; not run any more once the transport is closed
     */
    void execute(Runnable task);

    /**
     * Takes down that something is under way that will send again: the transport stays open for it when it is closed.
     *
     * @return whether it may; nothing may any more once the transport was closed
     */
    boolean enter();

    /** What {@link #enter} took down has ended. */
    void leave();

    /**
     * Takes no more requests, and frees everything when all that is under way has ended or used up its grace. What then is still in
     * flight fails.
     */
    @Override
    void close();
}
