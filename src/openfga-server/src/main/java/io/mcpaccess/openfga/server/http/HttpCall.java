package io.mcpaccess.openfga.server.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * One request.
 *
 * @param method such as {@code POST}
 * @param uri where to, {@code http} or {@code https}
 * @param headers what every request has; not copied, never changed afterwards
 * @param authorization the {@code Authorization} header, or {@code null}; secret
 * @param traceparent the caller's trace (W3C Trace Context), or {@code null}
 * @param body what is sent; not copied, never changed afterwards; {@code null} for none
 * @param timeout until the last byte of the answer, connecting included
 * @param mostBytes how long the answer's body may be
 */
public record HttpCall(
        String method,
        URI uri,
        Map<String, String> headers,
        String authorization,
        String traceparent,
        byte[] body,
        Duration timeout,
        int mostBytes) {

    /** Of what has to be there nothing is null. */
    public HttpCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(timeout, "timeout");
    }

    /** Names where to, and shows neither headers nor body. */
    @Override
    public String toString() {
        return method + " " + uri.getRawPath();
    }
}
