package io.mcpaccess.guard.proxy.observe;

import io.mcpaccess.guard.Caller;
import io.mcpaccess.guard.GuardDecision;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Writes each decision to the access log, the metrics and the trace. */
public final class Seen implements Observer {
    private final Meters meters;
    private final RequestTraces traces;

    /**
     * @param registry gets the numbers
     * @param traces gets the spans
     */
    public Seen(MeterRegistry registry, RequestTraces traces) {
        this.meters = new Meters(registry);
        this.traces = traces;
    }

    @Override
    public Request begins(String server, String httpMethod, String traceparent) {
        return new OneRequest(server, httpMethod, traces.begins(server, httpMethod, traceparent));
    }

    private final class OneRequest implements Request {
        private final String server;
        private final String httpMethod;
        private final RequestTraces.Trace trace;
        private final long begun = System.nanoTime();
        private boolean isStream;
        private volatile boolean isOver;

        OneRequest(String server, String httpMethod, RequestTraces.Trace trace) {
            this.server = server;
            this.httpMethod = httpMethod;
            this.trace = trace;
        }

        @Override
        public void decided(GuardDecision decision, Optional<Caller> caller, byte[] body) {
            long nanos = System.nanoTime() - begun;
            String outcome = decision instanceof GuardDecision.Refused refused
                    ? refused.kind().name().toLowerCase(Locale.ROOT)
                    : "allowed";
            String reason = decision instanceof GuardDecision.Refused refused ? refused.reason() : "";
            Asked asked = Asked.of(decision, body);
            meters.decided(server, asked.method(), outcome, Duration.ofNanos(nanos));
            trace.decided(asked.method(), outcome, reason);
            isStream = decision.isAllowed() && httpMethod.equals("GET") && !isOver;
            if (isStream) {
                meters.streams(server).incrementAndGet();
            }
            if (AccessLog.isOn()) {
                String subject = caller.map(who -> who.kind().type() + ":" + who.subject())
                        .orElse("");
                AccessLog.decided(
                        server,
                        new AccessLog.Facts(
                                httpMethod,
                                asked.method(),
                                asked.tool(),
                                subject,
                                outcome,
                                reason,
                                TimeUnit.NANOSECONDS.toMillis(nanos)));
            }
        }

        @Override
        public Map<String, String> traceHeaders() {
            return trace.headers();
        }

        @Override
        public void ended(int status) {
            isOver = true;
            if (isStream) {
                meters.streams(server).decrementAndGet();
            }
            meters.answered(server, status, Duration.ofNanos(System.nanoTime() - begun));
            trace.ended(status);
        }
    }
}
