package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.guard.GuardDecision.Kind;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.oauth.ClientCredentials;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpGuardTest extends GuardWithAm {
    @Test
    void allowsACallThatAmPermits() {
        GuardDecision decision = guard.check(bearer(CALL));
        assertThat(decision.isAllowed()).isTrue();
        assertThat(decision)
                .isInstanceOfSatisfying(
                        GuardDecision.Allowed.class,
                        allowed -> assertThat(allowed.caller().subject()).isEqualTo("alice"));
        AM.verify(postRequestedFor(urlEqualTo("/demo/access/v1/evaluation"))
                .withHeader("Authorization", equalTo(OWN.basicHeader()))
                .withRequestBody(equalToJson("""
                        {"subject":{"type":"user","id":"alice"},"action":{"name":"tools/call"},
                         "resource":{"type":"tool","id":"get_invoice"},"context":{"access_token":"the-token"}}""")));
        AM.verify(postRequestedFor(urlEqualTo("/demo/oauth/introspect"))
                .withHeader("Authorization", equalTo(OWN.basicHeader()))
                .withRequestBody(containing("token=the-token")));
    }

    @Test
    void case12_theToolThatIsCalledIsAskedAboutWhateverItsArgumentsName() {
        guard.check(bearer(CALL.replace("get_invoice", "call_tool")
                .replace("'arguments':{}", "'arguments':{'name':'get_invoice','tool_name':'get_invoice'}")));

        AM.verify(postRequestedFor(urlEqualTo("/demo/access/v1/evaluation"))
                .withRequestBody(containing("\"id\":\"call_tool\""))
                .withRequestBody(notContaining("get_invoice")));
    }

    @Test
    void challengesARequestWithoutToken() {
        Refused refused = refused(new GuardRequest("POST", List.of(), McpHeaders.none(), body(CALL)));
        assertThat(refused.kind()).isEqualTo(Kind.NO_TOKEN);
        assertThat(refused.answer().status()).isEqualTo(401);
        assertThat(refused.answer().headers())
                .containsEntry("WWW-Authenticate", "Bearer resource_metadata=\"" + METADATA + "\"");
        nothingAsked();
    }

    @Test
    void case01_refusesATokenOfAnotherServerWithoutAsking() {
        introspection(
                okJson("{\"active\":true,\"aud\":\"https://other.example/mcp\",\"exp\":1100,\"username\":\"alice\"}"));
        invalidToken(refused(bearer(CALL)), "audience_mismatch");
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void case02_refusesATokenWithoutAudience() {
        introspection(okJson("{\"active\":true,\"exp\":1100,\"username\":\"alice\"}"));
        invalidToken(refused(bearer(CALL)), "audience_mismatch");
    }

    @Test
    void refusesAnInactiveTokenAndAsksAgainEveryTime() {
        introspection(okJson("{\"active\":false}"));
        invalidToken(refused(bearer(CALL)), "token_inactive");
        invalidToken(refused(bearer(CALL)), "token_inactive");
        AM.verify(2, postRequestedFor(urlEqualTo("/demo/oauth/introspect")));
    }

    @Test
    void introspectsAnAcceptedTokenOnceInTheCachesTimeButAsksAboutEveryCall() {
        guard.check(bearer(CALL));
        guard.check(bearer(CALL));
        AM.verify(1, postRequestedFor(urlEqualTo("/demo/oauth/introspect")));
        AM.verify(2, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void forgetsARememberedTokenWhenTheDecisionSaysItIsInactive() {
        guard.check(bearer(CALL));
        decision(okJson("{\"decision\":false,\"context\":{\"reason_code\":\"token_inactive\"}}"));
        invalidToken(refused(bearer(CALL)), "token_inactive");
        introspection(okJson("{\"active\":false}"));
        invalidToken(refused(bearer("{'jsonrpc':'2.0','id':1,'method':'ping'}")), "token_inactive");
    }

    @Test
    void asksForExactlyTheScopesThatTheToolNeeds() {
        decision(
                okJson(
                        "{\"decision\":false,\"context\":{\"reason_code\":\"scope_missing\","
                                + "\"required_scopes\":[\"invoices:refund\",\"invoices:read\"],\"missing_scopes\":[\"invoices:refund\"]}}"));
        Refused refused = refused(bearer(CALL));
        assertThat(refused.kind()).isEqualTo(Kind.SCOPE_MISSING);
        assertThat(refused.answer().status()).isEqualTo(403);
        assertThat(refused.answer().headers().get("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\","
                        + " error_description=\"This tool needs other scopes than the access token has\","
                        + " scope=\"invoices:refund invoices:read\", resource_metadata=\"" + METADATA + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"permission_denied", "tool_unknown", "client_not_allowed"})
    void case16_tellsAForbiddenToolFromAMissingOneToNobody(String reason) {
        decision(okJson("{\"decision\":false,\"context\":{\"reason_code\":\"" + reason + "\"}}"));
        Refused refused = refused(bearer(CALL));
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.answer().status()).isEqualTo(200);
        assertThat(refused.answer().headers()).doesNotContainKey("WWW-Authenticate");
        assertThat(refused.answer().body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{\"content\":[{\"type\":\"text\","
                        + "\"text\":\"This tool does not exist or you may not call it.\"}],\"isError\":true}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping'}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/list'}",
                "{'jsonrpc':'2.0','method':'notifications/initialized'}",
                "{'jsonrpc':'2.0','id':1,'result':{}}"
            })
    void opensWhatEverySessionNeedsToAValidToken(String message) {
        assertThat(guard.check(bearer(message)).isAllowed()).isTrue();
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void opensFurtherMethodsOnRequest() {
        McpGuard open = new McpGuard(
                configuration(Limits.usual()).withRules(Rules.usual().withOpenMethods(Set.of("prompts/list"))),
                Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(open.check(bearer("{'jsonrpc':'2.0','id':1,'method':'prompts/list'}"))
                        .isAllowed())
                .isTrue();
    }

    @Test
    void opensStreamAndEndOfASessionToAValidTokenOnly() {
        for (String method : List.of("GET", "DELETE")) {
            assertThat(guard.check(request(method, "Bearer the-token")).isAllowed())
                    .isTrue();
        }
        assertThat(refused(request("PUT", "Bearer the-token")).answer().status())
                .isEqualTo(405);
        introspection(okJson("{\"active\":false}"));
        assertThat(refused(request("GET", "Bearer another-token")).answer().status())
                .isEqualTo(401);
    }

    @Test
    void showsTheToolListToTheServersOwnCredentialsAndNothingElse() {
        assertThat(guard.check(own("{'jsonrpc':'2.0','id':1,'method':'initialize'}"))
                        .isAllowed())
                .isTrue();
        assertThat(guard.check(own("{'jsonrpc':'2.0','method':'notifications/initialized'}"))
                        .isAllowed())
                .isTrue();
        assertThat(guard.check(own("{'jsonrpc':'2.0','id':1,'method':'tools/list'}"))
                        .isAllowed())
                .isTrue();
        assertThat(guard.check(own(CALL)).isAllowed()).isFalse();
        assertThat(guard.check(own("{'jsonrpc':'2.0','id':1,'method':'ping'}")).isAllowed())
                .isFalse();
        assertThat(guard.check(own("{'jsonrpc':'2.0','id':1,'result':{}}")).isAllowed())
                .isFalse();
        assertThat(refused(request("GET", OWN.basicHeader())).answer().status()).isEqualTo(405);
        nothingAsked();
    }

    @Test
    void refusesWrongOwnCredentials() {
        String wrong = new ClientCredentials("billing-mcp", "guess").basicHeader();
        invalidToken(
                refused(GuardRequest.post(wrong, body("{'jsonrpc':'2.0','id':1,'method':'tools/list'}"))),
                "wrong_own_credentials");
    }

    @Test
    void printsNoSecret() {
        assertThat(guard.configuration().toString()).doesNotContain("s2");
        assertThat(bearer(CALL).toString()).doesNotContain("the-token").doesNotContain("get_invoice");
    }
}
