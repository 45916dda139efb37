package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.guard.GuardDecision.Kind;
import io.mcpaccess.guard.GuardDecision.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is malformed gets its specified error, and nothing is asked. */
class McpGuardBadInputTest extends GuardWithAm {
    @Test
    void refusesSeveralTokensAsMalformed() {
        for (List<String> headers : List.of(List.of("Bearer a", "Bearer b"), List.of("Bearer a, Bearer b"))) {
            Refused refused = refused(new GuardRequest("POST", headers, McpHeaders.none(), body(CALL)));
            assertThat(refused.answer().status()).isEqualTo(400);
            assertThat(refused.answer().headers().get("WWW-Authenticate"))
                    .startsWith("Bearer error=\"invalid_request\"")
                    .endsWith("resource_metadata=\"" + METADATA + "\"");
        }
        nothingAsked();
    }

    @Test
    void refusesGarbageWithoutAsking() {
        for (String header : List.of("Bearer", "Bearer ü", "Digest x", "Bearer " + "a".repeat(65_536))) {
            invalidToken(refused(GuardRequest.post(header, body(CALL))), "unusable_header");
        }
        nothingAsked();
    }

    @Test
    void asksAboutTheClientWhereATokenHasNoUser() {
        introspection(okJson("{\"active\":true,\"aud\":\"" + RESOURCE
                + "\",\"exp\":1100,\"sub\":\"agent\",\"client_id\":\"agent\",\"scope\":\"invoices:read\"}"));
        assertThat(guard.check(bearer(CALL)).isAllowed()).isTrue();
        AM.verify(postRequestedFor(urlEqualTo("/demo/access/v1/evaluation"))
                .withRequestBody(containing("\"id\":\"agent\"")));
    }

    @Test
    void readsALongListOfScopesOfTheToken() {
        introspection(okJson("{\"active\":true,\"aud\":\"" + RESOURCE
                + "\",\"exp\":1100,\"username\":\"alice\",\"scope\":\"" + "scope:x ".repeat(8192) + "\"}"));
        assertThat(guard.check(bearer(CALL)).isAllowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get invoice", "get_invoice\\u0000", "té", "*", "a#b", ""})
    void answersAToolNameThatCannotBeAsForAnyOtherTool(String name) {
        Refused refused = refused(bearer(CALL.replace("get_invoice", name)));
        assertThat(refused.kind()).isEqualTo(Kind.TOOL_REFUSED);
        assertThat(refused.answer().body()).contains(Refusals.TOOL_TEXT);
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resources/read", "prompts/get", "Tools/call", "tools/call ", "tasks/update", "x"})
    void case11_refusesMethodsThatNobodyOpened(String method) {
        Refused refused = refused(bearer("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':{'name':'x'}}"));
        assertThat(refused.kind()).isEqualTo(Kind.METHOD_REFUSED);
        assertThat(refused.answer().body()).contains("-32601");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'get_invoice'}}]",
                "{'jsonrpc':'2.0','id':1,'method':'ping','method':'tools/call','params':{'name':'get_invoice'}}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':['get_invoice']}}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call'}",
                ""
            })
    void refusesMalformedMessagesBeforeAnythingRuns(String message) {
        Refused refused = refused(bearer(message));
        assertThat(refused.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(refused.answer().status()).isEqualTo(400);
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void refusesAToolCallThatWantsNoAnswer() {
        assertThat(guard.check(bearer("{'jsonrpc':'2.0','method':'tools/call','params':{'name':'get_invoice'}}"))
                        .isAllowed())
                .isFalse();
    }

    @Test
    void refusesHeadersThatDifferFromTheBody() {
        assertThat(refused(withHeaders("tools/list", "get_invoice")).answer().body())
                .contains("-32020");
        assertThat(refused(withHeaders("tools/call", "list_invoices")).answer().body())
                .contains("-32020");
        assertThat(guard.check(withHeaders("tools/call", "get_invoice")).isAllowed())
                .isTrue();
    }
}
