package io.mcpaccess.amctl.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    @Test
    void aDescriptionCannotLookLikeAPartOfThePlan() throws Exception {
        List<String> lines = lines("""
                {"applied":false,"tools":[{"key":"pay","scopes":[],"change":"changed","previousDescription":"Pay",
                  "description":"Pay\\n  unchanged tool refund\\r\\nNothing to do."}],"scopes":[]}""");

        assertThat(lines).noneMatch(line -> line.contains("\n") || line.contains("\r"));
        assertThat(lines).contains("      now: Pay \u23CE   unchanged tool refund \u23CE Nothing to do.");
    }

    @Test
    void saysWhatIsClosed() throws Exception {
        assertThat(lines("""
                {"applied":false,"tools":[],"scopes":[],"closes":["closes pay of billing for everybody"],
                  "warnings":["The domain has another MCP server"]}""")).contains("! closes pay of billing for everybody", "! The domain has another MCP server");
    }

    @Test
    void theImpactStandsBeforeTheEndAndIsNoChangeOfThePlan() throws Exception {
        assertThat(lines("""
                {"applied":false,"tools":[],"scopes":[],"impact":{"summary":"bob gains pay","notes":["Left out: x"]}}""")).containsExactly("! Left out: x", "impact: bob gains pay.", "Nothing to do.");
    }

    private static List<String> lines(String json) throws Exception {
        return PlanText.lines(new ObjectMapper().readTree(json));
    }
}
