package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.mcpaccess.guard.GuardDecision.Kind;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.oauth.ClientCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpGuardTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final String RESOURCE = "https://billing.example.com/mcp";
    private static final String METADATA = "https://billing.example.com/.well-known/oauth-protected-resource/mcp";
    private static final ClientCredentials OWN = new ClientCredentials("billing-mcp", "s2");
    private static final String CALL =
            "{'jsonrpc':'2.0','id':5,'method':'tools/call','params':{'name':'get_invoice','arguments':{}}}";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private McpGuard guard;

    @BeforeEach
    void aliceHasAnActiveToken() {
        guard = guard(Limits.usual().withTimeouts(PATIENT, PATIENT));
        introspection(okJson("{\"active\":true,\"aud\":\"" + RESOURCE
                + "\",\"exp\":1100,\"username\":\"alice\",\"client_id\":\"agent\",\"scope\":\"invoices:read\"}"));
        decision(okJson("{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}"));
    }

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
    @ValueSource(strings = {"get invoice", "get_invoice\\u0000", "té", "*", "a#b", ""})
    void answersAToolNameThatCannotBeAsForAnyOtherTool(String name) {
        Refused refused = refused(bearer(CALL.replace("get_invoice", name)));
        assertThat(refused.kind()).isEqualTo(Kind.TOOL_REFUSED);
        assertThat(refused.answer().body()).contains(Refusals.TOOL_TEXT);
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void refusesWhileTheEngineIsUnavailable() {
        decision(jsonResponse("{\"decision\":false,\"context\":{\"reason_code\":\"engine_unavailable\"}}", 503));
        unavailable(refused(bearer(CALL)), "engine_unavailable");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 429, 500, 502})
    void neverAllowsOnAnotherStatusEvenWithAYesInTheBody(int status) {
        decision(jsonResponse(
                "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}", status));
        unavailable(refused(bearer(CALL)), String.valueOf(status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"decision\":true}",
                "{\"decision\":true,\"context\":{\"layers\":[\"permission\"]}}",
                "{\"decision\":true,\"context\":{\"layers\":\"token scope permission\"}}"
            })
    void refusesAYesThatDoesNotRestOnTokenScopesAndPermission(String answer) {
        decision(okJson(answer));

        assertThat(guard.check(bearer(CALL)).isAllowed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "yes", "{\"decision\":\"true\"}", "{\"decision\":false,\"decision\":true}"})
    void neverAllowsOnAnUnreadableDecision(String body) {
        decision(okJson(body));
        unavailable(refused(bearer(CALL)), "AuthZEN");
    }

    @Test
    void neverAllowsWhenTheDecisionIsLateOrBroken() {
        decision(okJson("{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}")
                .withFixedDelay(60_000));
        McpGuard hasty = guard(Limits.usual().withTimeouts(PATIENT, Duration.ofSeconds(1)));
        unavailable((Refused) hasty.check(bearer(CALL)), "no answer in time");
        decision(aResponse().withFault(Fault.EMPTY_RESPONSE));
        unavailable(refused(bearer(CALL)), "failed");
    }

    @Test
    void neverAllowsWhenIntrospectionFails() {
        introspection(aResponse().withStatus(500));
        unavailable(refused(bearer(CALL)), "introspection");
        introspection(aResponse().withStatus(401));
        unavailable(refused(bearer(CALL)), "client id or secret");
        introspection(okJson("{\"active\":\"true\"}"));
        unavailable(refused(bearer(CALL)), "active");
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

    @ParameterizedTest
    @ValueSource(strings = {"resources/read", "prompts/get", "Tools/call", "tools/call ", "tasks/update", "x"})
    void case11_refusesMethodsThatNobodyOpened(String method) {
        Refused refused = refused(bearer("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':{'name':'x'}}"));
        assertThat(refused.kind()).isEqualTo(Kind.METHOD_REFUSED);
        assertThat(refused.answer().body()).contains("-32601");
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

    private static McpGuard guard(Limits limits) {
        return new McpGuard(configuration(limits), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static GuardConfiguration configuration(Limits limits) {
        return GuardConfiguration.of(AM.baseUrl() + "/demo", RESOURCE, OWN.clientId(), OWN.clientSecret())
                .withLimits(limits);
    }

    private static void introspection(ResponseDefinitionBuilder answer) {
        AM.stubFor(post("/demo/oauth/introspect").willReturn(answer));
    }

    private static void decision(ResponseDefinitionBuilder answer) {
        AM.stubFor(post("/demo/access/v1/evaluation").willReturn(answer));
    }

    private static void nothingAsked() {
        AM.verify(0, anyRequestedFor(anyUrl()));
    }

    private Refused refused(GuardRequest request) {
        GuardDecision decision = guard.check(request);
        assertThat(decision.isAllowed()).isFalse();
        return (Refused) decision;
    }

    private static void invalidToken(Refused refused, String reason) {
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.answer().status()).isEqualTo(401);
        assertThat(refused.answer().headers().get("WWW-Authenticate"))
                .startsWith("Bearer error=\"invalid_token\"")
                .endsWith("resource_metadata=\"" + METADATA + "\"");
    }

    private static void unavailable(Refused refused, String reason) {
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused.reason()).contains(reason).doesNotContain("the-token");
        assertThat(refused.answer().status()).isEqualTo(503);
        assertThat(refused.answer().body()).contains("-32603");
    }

    private static GuardRequest bearer(String singleQuoted) {
        return GuardRequest.post("Bearer the-token", body(singleQuoted));
    }

    private static GuardRequest own(String singleQuoted) {
        return GuardRequest.post(OWN.basicHeader(), body(singleQuoted));
    }

    private static GuardRequest withHeaders(String method, String name) {
        return new GuardRequest(
                "POST",
                List.of("Bearer the-token"),
                new McpHeaders(Optional.empty(), Optional.of(method), Optional.of(name), Optional.empty()),
                body(CALL));
    }

    private static GuardRequest request(String httpMethod, String authorization) {
        return new GuardRequest(httpMethod, List.of(authorization), McpHeaders.none(), new byte[0]);
    }

    private static byte[] body(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
