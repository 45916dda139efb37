package io.mcpaccess.guard.proxy.observe;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One span a request, which goes on the client's trace and which the server behind goes on. Threads may share it. */
public final class RequestTraces {
    private static final String TRACEPARENT = "traceparent";
    private static final TextMapGetter<String> FROM_CLIENT = new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation")
        public Iterable<String> keys(String carrier) {
            return List.of(TRACEPARENT);
        }

        @Override
        public String get(String carrier, String key) {
            return TRACEPARENT.equalsIgnoreCase(key) ? carrier : null;
        }
    };

    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    /**
     * @param telemetry gets the spans; {@link OpenTelemetry#noop()} for none
     */
    public RequestTraces(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("io.mcpaccess.guard.proxy");
    }

    Trace begins(String server, String httpMethod, String traceparent) {
        Context parent = traceparent == null
                ? Context.root()
                : telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), traceparent, FROM_CLIENT);
        Span span = tracer.spanBuilder("mcp " + server)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", AccessLog.clean(httpMethod))
                .setAttribute("guard.server", server)
                .startSpan();
        return new Trace(span, parent);
    }

    /** The span of one request. */
    final class Trace {
        private final Span span;
        private final Context parent;

        Trace(Span span, Context parent) {
            this.span = span;
            this.parent = parent;
        }

        void decided(String method, String outcome, String reason) {
            if (span.isRecording()) {
                span.addEvent("decided");
                span.setAttribute("rpc.method", AccessLog.clean(method));
                span.setAttribute("guard.outcome", outcome);
                span.setAttribute("guard.reason", AccessLog.clean(reason));
            }
        }

        Map<String, String> headers() {
            Map<String, String> headers = new HashMap<>();
            telemetry.getPropagators().getTextMapPropagator().inject(parent.with(span), headers, Map::put);
            return headers;
        }

        void ended(int status) {
            if (status == 0 || status >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
            span.setAttribute("http.response.status_code", status);
            span.end();
        }
    }
}
