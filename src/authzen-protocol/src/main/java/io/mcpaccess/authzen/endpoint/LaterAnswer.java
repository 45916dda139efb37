package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.http.Answer;
import java.time.Duration;
import java.util.List;

/** Answers to a caller that should come back after a pause. */
final class LaterAnswer {

    private LaterAnswer() {}

    /**
     * The caller has asked more than it may.
     *
     * @param wait the pause
     * @return a 429
     */
    static Answer tooMany(Duration wait) {
        return after(429, "This client has sent too many requests; it may ask again after a pause.", wait);
    }

    /**
     * An answer with {@code Retry-After}, in whole seconds, at least one.
     *
     * @param status the HTTP status
     * @param message a sentence for the caller
     * @param wait the pause
     * @return the answer
     */
    static Answer after(int status, String message, Duration wait) {
        return Answer.error(status, message)
                .with("Retry-After", List.of(String.valueOf(Math.max(1, wait.toSeconds()))));
    }
}
