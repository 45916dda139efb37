package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.mcpaccess.guard.oauth.ClientCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListFilterTest {
    private static final String LIST = """
            {"jsonrpc":"2.0","id":3,"result":{"tools":[{"name":"a","description":"A"},{"name":"b"},{"name":"c"}],"nextCursor":"n"}}""";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private ListFilter filter;

    @BeforeEach
    void aliceListsTools() {
        AM.stubFor(post("/demo/oauth/introspect")
                .willReturn(okJson("{\"active\":true,\"aud\":\"https://b.example/mcp\",\"username\":\"alice\"}")));
        filter = ((GuardDecision.Allowed) guard().check(list("Bearer the-token")))
                .list()
                .orElseThrow();
    }

    @Test
    void keepsWhatMayBeCalledAndWhatOnlyLacksScopes() {
        decisions(
                okJson(
                        "{\"evaluations\":[{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}},"
                                + "{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}},"
                                + "{\"decision\":false,\"context\":{\"reason_code\":\"scope_missing\",\"required_scopes\":[\"s\"]}}]}"));
        permission("c", "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"permission\"]}}");
        assertThat(filter.apply(LIST))
                .contains("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"tools\":[{\"name\":\"a\",\"description\":\"A\"},"
                        + "{\"name\":\"c\"}],\"nextCursor\":\"n\"}}");
        AM.verify(1, postRequestedFor(urlEqualTo("/demo/access/v1/evaluations")).withRequestBody(equalToJson("""
                        {"subject":{"type":"user","id":"alice"},"action":{"name":"tools/call"},
                         "context":{"access_token":"the-token"},
                         "evaluations":[{"resource":{"type":"tool","id":"a"}},{"resource":{"type":"tool","id":"b"}},
                                        {"resource":{"type":"tool","id":"c"}}]}""")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}",
                "{\"evaluations\":[{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}},{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}]}",
                "{\"evaluations\":[{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}},{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}},{\"decision\":\"true\"}]}",
                "{\"evaluations\":[{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}},{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}},"
                        + "{\"decision\":false,\"context\":{\"reason_code\":\"engine_unavailable\"}}]}",
                "nonsense"
            })
    void showsNoToolWhenOneIsNotDecided(String answer) {
        decisions(okJson(answer));
        assertThat(filter.apply(LIST))
                .hasValueSatisfying(shown ->
                        assertThat(shown).contains("-32603", "\"id\":3").doesNotContain("\"tools\""));
    }

    @Test
    void showsNoToolWhileTheEngineIsAway() {
        decisions(jsonResponse("{}", 503));
        assertThat(filter.apply(LIST).orElseThrow()).contains("-32603").doesNotContain("\"tools\"");
    }

    @Test
    void dropsWhatCannotBeRead() {
        assertThat(filter.apply("{\"result\":{\"tools\":[{\"name\":\"a\"}")).isEmpty();
        assertThat(filter.apply("[" + LIST + "]")).isEmpty();
        assertThat(filter.apply("{\"id\":1,\"result\":{},\"result\":{\"tools\":[]}}"))
                .isEmpty();
    }

    @Test
    void leavesOtherMessagesAsTheyAre() {
        String progress = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"tools\":1}}";
        assertThat(filter.apply(progress)).contains(progress);
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluations")));
    }

    @Test
    void case15_neverMarksAListAsPublic() {
        decisions(
                okJson(
                        "{\"evaluations\":[{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}]}"));
        assertThat(filter.apply("{\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\"}],\"cacheScope\":\"public\"}}"))
                .hasValueSatisfying(shown -> assertThat(shown).contains("\"cacheScope\":\"private\""));
    }

    @Test
    void hidesToolsWithoutAUsableName() {
        decisions(
                okJson(
                        "{\"evaluations\":[{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}]}"));
        assertThat(filter.apply("{\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\"},{\"name\":\"x y\"},{},7]}}"))
                .contains("{\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\"}]}}");
    }

    @Test
    void asksAboutALongListInBatchesThatAmTakes() {
        String thousand = IntStream.range(0, 1000)
                .mapToObj(i -> "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}")
                .collect(Collectors.joining(","));
        String tools = IntStream.range(0, 2000)
                .mapToObj(i -> "{\"name\":\"t" + i + "\"}")
                .collect(Collectors.joining(","));
        decisions(okJson("{\"evaluations\":[" + thousand + "]}"));
        assertThat(filter.apply("{\"id\":1,\"result\":{\"tools\":[" + tools + "]}}")
                        .orElseThrow())
                .contains("\"t0\"", "\"t1999\"");
        AM.verify(2, postRequestedFor(urlEqualTo("/demo/access/v1/evaluations")));
    }

    @Test
    void showsEverySecondOfTenThousandTools() {
        String pair = "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}},"
                + "{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}}";
        decisions(okJson("{\"evaluations\":[" + String.join(",", Collections.nCopies(500, pair)) + "]}"));
        String tools = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"name\":\"t" + i + "\",\"description\":\"" + "x".repeat(200) + "\"}")
                .collect(Collectors.joining(","));
        String shown = filter.apply("{\"id\":1,\"result\":{\"tools\":[" + tools + "]}}")
                .orElseThrow();
        assertThat(shown.split("\"name\"")).hasSize(5001);
        assertThat(shown).contains("\"t0\"", "\"t9998\"").doesNotContain("\"t1\"", "\"t9999\"");
        AM.verify(10, postRequestedFor(urlEqualTo("/demo/access/v1/evaluations")));
    }

    @Test
    void showsTheWholeListToTheServersOwnCredentials() {
        String own = new ClientCredentials("billing-mcp", "s2").basicHeader();
        assertThat(((GuardDecision.Allowed) guard().check(list(own))).list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}}",
                "{\"decision\":false,\"context\":{\"reason_code\":\"token_required\"}}"
            })
    void attackAListWithATokenWithoutScopesShowsNoToolWithoutPermission(String answer) {
        decisions(okJson("{\"evaluations\":[{\"decision\":false,\"context\":{\"reason_code\":\"scope_missing\","
                + "\"required_scopes\":[\"s\",\"t\"]}}]}"));
        permission("a", answer);
        assertThat(filter.apply("{\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\"}]}}"))
                .contains("{\"id\":1,\"result\":{\"tools\":[]}}");
        AM.verify(1, postRequestedFor(urlEqualTo("/demo/access/v1/evaluations")).withRequestBody(equalToJson("""
                        {"subject":{"type":"user","id":"alice"},"action":{"name":"tools/call"},
                         "context":{"access_token":"the-token","assumed_scope":"s t"},
                         "evaluations":[{"resource":{"type":"tool","id":"a"}}]}""")));
    }

    @Test
    void showsNoToolWhenThePermissionsBehindMissingScopesAreNotDecided() {
        decisions(okJson("{\"evaluations\":[{\"decision\":false,\"context\":{\"reason_code\":\"scope_missing\","
                + "\"required_scopes\":[\"s\"]}}]}"));
        permission("a", "{\"decision\":true,\"context\":{\"layers\":[\"token\"]}}");
        assertThat(filter.apply("{\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\"}]}}")
                        .orElseThrow())
                .contains("-32603")
                .doesNotContain("\"tools\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"result\":{\"tools\":[]},\"Result\":{\"tools\":[{\"name\":\"b\"}]}}",
                "{\"id\":1,\"result\":{\"tools\":[],\"Tools\":[{\"name\":\"b\"}]}}",
                "{\"id\":1,\"result\":{\"TOOLS\":[{\"name\":\"b\"}]}}",
                "{\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\",\"Name\":\"b\"}]}}"
            })
    void attackAListUnderAnotherNameIsDropped(String answer) {
        assertThat(filter.apply(answer)).isEmpty();
    }

    @Test
    void leavesNumbersInToolsAsTheyWere() {
        decisions(
                okJson(
                        "{\"evaluations\":[{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}]}"));
        String list =
                "{\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\",\"inputSchema\":{\"maximum\":1.10,\"minimum\":-0,"
                        + "\"x\":1e400,\"y\":123456789012345678901234567890}}]}}";
        assertThat(filter.apply(list)).contains(list);
    }

    private static void permission(String tool, String answer) {
        AM.stubFor(post("/demo/access/v1/evaluations")
                .withRequestBody(matchingJsonPath("$.context.assumed_scope"))
                .withRequestBody(matchingJsonPath("$.evaluations[0].resource.id", equalTo(tool)))
                .willReturn(okJson("{\"evaluations\":[" + answer + "]}")));
    }

    private static McpGuard guard() {
        GuardConfiguration configuration = GuardConfiguration.of(
                        AM.baseUrl() + "/demo", "https://b.example/mcp", "billing-mcp", "s2")
                .withLimits(Limits.usual().withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20)));
        return new McpGuard(configuration, Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC));
    }

    private static GuardRequest list(String authorization) {
        return GuardRequest.post(
                authorization,
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static void decisions(ResponseDefinitionBuilder answer) {
        AM.stubFor(post("/demo/access/v1/evaluations").willReturn(answer));
    }
}
