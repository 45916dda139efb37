package io.mcpaccess.openfga;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What travels with a call and changes no answer.
 *
 * @param traceparent the caller's trace in the form of W3C Trace Context, or null when there is none
 */
public record CallContext(String traceparent) {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** A value that is no trace is dropped: it comes from outside and would become a header. */
    public CallContext {
        if (traceparent != null && !TRACEPARENT.matcher(traceparent).matches()) {
            traceparent = null;
        }
    }

    /**
     * A call that carries nothing.
     *
     * @return the empty context
     */
    public static CallContext none() {
        return new CallContext(null);
    }

    /**
     * The trace, if there is one.
     *
     * @return a valid {@code traceparent} header value
     */
    public Optional<String> trace() {
        return Optional.ofNullable(traceparent);
    }
}
