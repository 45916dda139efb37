package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.guard.GuardDecision.Kind;
import io.mcpaccess.guard.arguments.ArgumentType;
import io.mcpaccess.guard.arguments.ToolArgument;
import io.mcpaccess.guard.arguments.ToolArguments;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The arguments that conditions look at go with the question, and no others. */
class McpGuardArgumentsTest extends GuardWithAm {
    @BeforeEach
    void theAmountOfARefundCounts() {
        guard = guard(Rules.usual()
                .withArguments(ToolArguments.none()
                        .with("refund", new ToolArgument("amount", "/amount", ArgumentType.NUMBER))));
    }

    @Test
    void theQuestionCarriesTheAmount() {
        assertThat(guard.check(bearer(refund("'amount':50.5,'note':'for bob'"))).isAllowed())
                .isTrue();
        asked("{\"amount\":50.5,\"access_token\":\"the-token\"}");
    }

    @Test
    void anAmountThatIsNoNumberIsAbsent() {
        guard.check(bearer(refund("'amount':'50'")));
        asked("{\"access_token\":\"the-token\"}");
    }

    @Test
    void attackASecondAmountInOtherLettersIsNotAskedAbout() {
        GuardDecision.Refused refused = refused(bearer(refund("'amount':50,'Amount':5000")));
        assertThat(refused.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(refused.answer().body()).contains("-32602").doesNotContain("5000");
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void noArgumentStandsInARefusalOrInThePrintedConfiguration() {
        decision(okJson("{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}}"));
        GuardDecision.Refused refused = refused(bearer(refund("'amount':4711")));
        assertThat(refused.toString() + refused.reason()).doesNotContain("4711");
        assertThat(guard.configuration().toString()).contains("refund").doesNotContain("/amount");
    }

    @Test
    void theListShowsAToolWhosePermissionDependsOnArguments() {
        AM.stubFor(post("/demo/access/v1/evaluations").willReturn(okJson("""
                {"evaluations":[{"decision":false,"context":{"reason_code":"condition_missing"}},
                                {"decision":false,"context":{"reason_code":"condition_missing"}},
                                {"decision":false,"context":{"reason_code":"permission_denied"}}]}""")));
        String shown = ((GuardDecision.Allowed) guard.check(bearer("{'jsonrpc':'2.0','id':1,'method':'tools/list'}")))
                .list()
                .orElseThrow()
                .apply(
                        "{\"id\":1,\"result\":{\"tools\":[{\"name\":\"refund\"},{\"name\":\"report\"},{\"name\":\"pay\"}]}}")
                .orElseThrow();
        assertThat(shown).contains("[{\"name\":\"refund\"}]");
    }

    private static void asked(String context) {
        AM.verify(postRequestedFor(urlEqualTo("/demo/access/v1/evaluation"))
                .withRequestBody(equalToJson("""
                {"subject":{"type":"user","id":"alice"},"action":{"name":"tools/call"},
                 "resource":{"type":"tool","id":"refund"},"context":%s}""".formatted(context))));
    }

    private static String refund(String arguments) {
        return "{'jsonrpc':'2.0','id':5,'method':'tools/call','params':{'name':'refund','arguments':{" + arguments
                + "}}}";
    }
}
