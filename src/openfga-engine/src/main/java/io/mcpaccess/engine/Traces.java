package io.mcpaccess.engine;

import io.mcpaccess.openfga.CallContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** The trace that a question belongs to, as AM's OpenTelemetry has it on the calling thread. */
final class Traces {

    private Traces() {}

    /**
     * What to send along, in the form of W3C Trace Context.
     *
     * @return the current trace; nothing where there is none
     */
    static CallContext current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? new CallContext("00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex())
                : CallContext.none();
    }
}
