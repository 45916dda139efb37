package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.mcpaccess.guard.GuardDecision.Allowed;
import io.mcpaccess.guard.GuardDecision.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP 2026-07-28: no handshake, no session, and headers that must say what the body says. */
class McpGuardStatelessTest {
    private static final String VERSION = "2026-07-28";
    private static final String YES =
            "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}";
    private static final Map<String, String> CALL_HEADERS =
            Map.of("MCP-Protocol-Version", VERSION, "Mcp-Method", "tools/call", "Mcp-Name", "get_invoice");

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private McpGuard guard;

    @BeforeEach
    void aliceMayCall() {
        GuardConfiguration configuration = GuardConfiguration.of(
                        AM.baseUrl() + "/demo", "https://b.example/mcp", "billing-mcp", "s2")
                .withRules(Rules.usual().withOpenMethods(Set.of("prompts/get", "resources/read")))
                .withLimits(Limits.usual().withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20)));
        guard = new McpGuard(configuration);
        AM.stubFor(post("/demo/oauth/introspect")
                .willReturn(okJson("{\"active\":true,\"aud\":\"https://b.example/mcp\",\"username\":\"alice\"}")));
        AM.stubFor(post("/demo/access/v1/evaluation").willReturn(okJson(YES)));
        AM.stubFor(post("/demo/access/v1/evaluations").willReturn(okJson("{\"evaluations\":[" + YES + "]}")));
    }

    @Test
    void decidesACallWithoutHandshake() {
        assertThat(check(call(VERSION), CALL_HEADERS).isAllowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"})
    void demandsEveryHeader(String missing) {
        Map<String, String> headers = new HashMap<>(CALL_HEADERS);
        headers.remove(missing);
        mismatch(call(VERSION), headers);
    }

    @ParameterizedTest
    @CsvSource({
        "MCP-Protocol-Version, 2025-11-25",
        "Mcp-Method, tools/list",
        "Mcp-Method, Tools/Call",
        "Mcp-Name, list_invoices",
        "Mcp-Name, Get_Invoice",
        "Mcp-Name, =?base64?!?=",
        "Mcp-Name, =?base64?/w==?=",
        "Mcp-Name, =?base64?=",
        "Mcp-Name, =?BASE64?Z2V0X2ludm9pY2U=?="
    })
    void case10_refusesAHeaderThatDiffersFromTheBody(String header, String value) {
        Map<String, String> headers = new HashMap<>(CALL_HEADERS);
        headers.put(header, value);
        mismatch(call(VERSION), headers);
    }

    @Test
    void refusesABodyOfAnotherVersionThanItsHeader() {
        mismatch(call("2025-11-25"), CALL_HEADERS);
        mismatch(call(VERSION).replace("\"" + VERSION + "\"", "7"), CALL_HEADERS);
        mismatch(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"get_invoice\"}}",
                CALL_HEADERS);
    }

    @Test
    void refusesAHeaderSentTwice() {
        Map<String, List<String>> headers = lists(CALL_HEADERS);
        headers.put("Mcp-Name", List.of("get_invoice", "get_invoice"));
        GuardDecision decision = guard.check(GuardRequest.of("POST", headers, bytes(call(VERSION))));
        assertThat(((Refused) decision).answer().body()).contains("-32020");
    }

    @Test
    void readsAnEncodedName() {
        Map<String, String> headers = new HashMap<>(CALL_HEADERS);
        headers.put("Mcp-Name", "=?base64?Z2V0X2ludm9pY2U=?=");
        assertThat(check(call(VERSION), headers).isAllowed()).isTrue();
    }

    @Test
    void comparesTheNameOfPromptsAndTheAddressOfResources() {
        String prompt = message("prompts/get", "\"name\":\"hello\"");
        assertThat(check(prompt, headers("prompts/get", "hello")).isAllowed()).isTrue();
        mismatch(prompt, headers("prompts/get", "bye"));
        String resource = message("resources/read", "\"uri\":\"file:///a\"");
        assertThat(check(resource, headers("resources/read", "file:///a")).isAllowed())
                .isTrue();
        mismatch(resource, headers("resources/read", "file:///b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1900-01-01", "2027-01-01", "x", "2026-07-28, 2026-07-28"})
    void namesTheVersionsItKnowsWhenAskedInAnother(String version) {
        Refused refused = refused(call(version), with("MCP-Protocol-Version", version));
        assertThat(refused.answer().status()).isEqualTo(400);
        assertThat(refused.answer().body())
                .contains("-32022", "\"supported\":[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\"", "\"id\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks/update", "initialize", "ping", "logging/setLevel"})
    void answersAMethodThatIsNotOpenWith404(String method) {
        Refused refused = refused(message(method, "\"x\":1"), headers(method, "x"));
        assertThat(refused.answer().status()).isEqualTo(404);
        assertThat(refused.answer().body()).contains("-32601", "\"id\":1");
    }

    @Test
    void saysThatARefusalIsAWholeResult() {
        AM.stubFor(post("/demo/access/v1/evaluation")
                .willReturn(okJson("{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}}")));
        assertThat(refused(call(VERSION), CALL_HEADERS).answer().body())
                .contains("\"resultType\":\"complete\"", "\"isError\":true", Refusals.TOOL_TEXT);
    }

    @Test
    void marksEveryListAsPrivate() {
        Allowed allowed = (Allowed) check(message("tools/list", "\"cursor\":\"2\""), headers("tools/list", ""));
        for (String scope : List.of("", ",\"cacheScope\":\"public\"", ",\"cacheScope\":7")) {
            assertThat(allowed.list()
                            .orElseThrow()
                            .apply("{\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\"}],\"ttlMs\":5" + scope + "}}"))
                    .contains(
                            "{\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\"}],\"ttlMs\":5,\"cacheScope\":\"private\"}}");
        }
    }

    @Test
    void hasNoStreamAndNoSessions() {
        for (String method : List.of("GET", "DELETE", "PUT")) {
            Refused refused = (Refused) guard.check(request(method, Map.of("MCP-Protocol-Version", VERSION), ""));
            assertThat(refused.answer().status()).isEqualTo(405);
            assertThat(refused.answer().headers()).containsEntry("Allow", "POST");
        }
        Allowed allowed = (Allowed) check(call(VERSION), with("Mcp-Session-Id", "of-somebody-else"));
        assertThat(allowed.session().serverId()).isEmpty();
        assertThat(allowed.session().forClient("s1")).isEmpty();
    }

    @Test
    void takesNoAnswersFromTheClient() {
        Refused refused =
                refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", Map.of("MCP-Protocol-Version", VERSION));
        assertThat(refused.answer().status()).isEqualTo(400);
    }

    @Test
    void opensTheStreamOfNewsButNotOfResources() {
        String news = message("subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}");
        assertThat(check(news, headers("subscriptions/listen", "")).isAllowed()).isTrue();
        String resources =
                message("subscriptions/listen", "\"notifications\":{\"resourceSubscriptions\":[\"file:///a\"]}");
        refused(resources, headers("subscriptions/listen", ""));
        McpGuard open = new McpGuard(
                guard.configuration().withRules(Rules.usual().withOpenMethods(Set.of("resources/subscribe"))));
        assertThat(open.check(request("POST", headers("subscriptions/listen", ""), resources))
                        .isAllowed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26"})
    void demandsNoneOfThemInAnOlderVersion(String version) {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"get_invoice\"}}";
        assertThat(check(call, Map.of("MCP-Protocol-Version", version)).isAllowed())
                .isTrue();
        assertThat(check(call, Map.of()).isAllowed()).isTrue();
        mismatch(call, Map.of("MCP-Protocol-Version", version, "Mcp-Name", "list_invoices"));
    }

    private void mismatch(String body, Map<String, String> headers) {
        AM.resetRequests();
        Refused refused = refused(body, headers);
        assertThat(refused.answer().status()).isEqualTo(400);
        assertThat(refused.answer().body()).contains("-32020", "\"id\":1");
        AM.verify(0, anyRequestedFor(urlPathMatching("/demo/access/.*")));
    }

    private Refused refused(String body, Map<String, String> headers) {
        GuardDecision decision = check(body, headers);
        assertThat(decision.isAllowed()).isFalse();
        return (Refused) decision;
    }

    private GuardDecision check(String body, Map<String, String> headers) {
        return guard.check(request("POST", headers, body));
    }

    private static GuardRequest request(String method, Map<String, String> headers, String body) {
        return GuardRequest.of(method, lists(headers), bytes(body));
    }

    private static Map<String, List<String>> lists(Map<String, String> headers) {
        Map<String, List<String>> all = new HashMap<>(Map.of("Authorization", List.of("Bearer t")));
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return all;
    }

    private static Map<String, String> with(String header, String value) {
        Map<String, String> headers = new HashMap<>(CALL_HEADERS);
        headers.put(header, value);
        return headers;
    }

    private static Map<String, String> headers(String method, String name) {
        return Map.of("MCP-Protocol-Version", VERSION, "Mcp-Method", method, "Mcp-Name", name);
    }

    private static String call(String version) {
        return message("tools/call", "\"name\":\"get_invoice\"").replace(VERSION, version);
    }

    private static String message(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params
                + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + VERSION + "\"}}}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
