package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import org.junit.jupiter.api.Test;

class TracesTest {

    @Test
    void carriesTheCurrentTrace() {
        SpanContext span = SpanContext.create(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getSampled(),
                TraceState.getDefault());
        try (Scope scope = Span.wrap(span).makeCurrent()) {
            assertThat(scope).isNotNull();
            assertThat(Traces.current().trace()).contains("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        }
    }

    @Test
    void carriesNothingWhereThereIsNoTrace() {
        assertThat(Traces.current().trace()).isEmpty();
    }
}
