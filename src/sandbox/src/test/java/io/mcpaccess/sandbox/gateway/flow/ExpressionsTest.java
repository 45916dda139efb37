package io.mcpaccess.sandbox.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.expression.ExpressionException;

class ExpressionsTest {
    private final FlowContext context = new FlowContext(null, null, Map.of("mcp_tools", List.of("a", "b")));

    @Test
    void readsAttributesAndKeepsTheirType() {
        assertThat(Expressions.value("{#context.attributes['mcp_tools']}", context))
                .isEqualTo(List.of("a", "b"));
        assertThat(Expressions.value("{#context.attributes['absent']}", context))
                .isNull();
    }

    @Test
    void textWithoutBracesStandsForItself() {
        assertThat(Expressions.value("plain", context)).isEqualTo("plain");
    }

    @Test
    void reachesNoTypes() {
        assertThatThrownBy(() ->
                        Expressions.value("{#context.attributes.getClass().forName('java.lang.Runtime')}", context))
                .isInstanceOf(ExpressionException.class);
        assertThat(Expressions.value("{T(java.lang.Runtime)}", context)).isEqualTo("{T(java.lang.Runtime)}");
    }
}
