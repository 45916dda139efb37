package io.mcpaccess.openfga.server.http;

import java.nio.charset.StandardCharsets;

/**
 * A whole answer.
 *
 * @param status the HTTP status
 * @param retryAfter the {@code Retry-After} header, or {@code null}
 * @param body the body; empty where it was handed on as it came
 */
public record WholeAnswer(int status, String retryAfter, byte[] body) {

    /**
     * Whether the server did what it was asked.
     *
     * @return whether the status is a 2xx
     */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /**
     * The body as text.
     *
     * @return the body, read as UTF-8
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Shows no body: it may hold tokens. */
    @Override
    public String toString() {
        return "WholeAnswer[" + status + ", " + body.length + " bytes]";
    }
}
