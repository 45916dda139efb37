package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.mcpaccess.guard.GuardDecision.Allowed;
import io.mcpaccess.guard.GuardDecision.Kind;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.oauth.ClientCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpGuardSessionTest {
    private static final String OWN = new ClientCredentials("billing-mcp", "s2").basicHeader();
    private static final String OPEN = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"get_invoice\"}}";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private McpGuard guard;

    @BeforeEach
    void aliceAndBobHaveTokens() {
        guard = new McpGuard(GuardConfiguration.of(AM.baseUrl() + "/demo", "https://b.example/mcp", "billing-mcp", "s2")
                .withLimits(Limits.usual().withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20))));
        for (String user : List.of("alice", "bob", "billing-mcp")) {
            AM.stubFor(post("/demo/oauth/introspect")
                    .withRequestBody(containing("token=" + user))
                    .willReturn(okJson(
                            "{\"active\":true,\"aud\":\"https://b.example/mcp\",\"username\":\"" + user + "\"}")));
        }
        AM.stubFor(post("/demo/access/v1/evaluation")
                .willReturn(
                        okJson("{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}")));
    }

    @Test
    void goesOnForTheUserWhoOpenedIt() {
        String id = opened("Bearer alice");
        for (String method : List.of("GET", "DELETE")) {
            assertThat(((Allowed) check(method, "Bearer alice", id, ""))
                            .session()
                            .serverId())
                    .contains("s1");
        }
        assertThat(((Allowed) check("POST", "Bearer alice", id, CALL)).session().serverId())
                .contains("s1");
        assertThat(((Allowed) check("POST", "Bearer alice-after-a-refresh", id, LIST))
                        .session()
                        .serverId())
                .contains("s1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "POST"})
    void isNotThereForAnybodyElse(String method) {
        refused(check(method, "Bearer bob", opened("Bearer alice"), method.equals("POST") ? CALL : ""));
        refused(check(method, "Bearer alice", opened(OWN), method.equals("POST") ? CALL : ""));
        refused(check(method, "Bearer billing-mcp", opened(OWN), method.equals("POST") ? CALL : ""));
    }

    @Test
    void isNotThereForAnotherUserOfTheSameName() {
        for (String sub : List.of("1", "2")) {
            AM.stubFor(post("/demo/oauth/introspect")
                    .withRequestBody(containing("token=sub" + sub))
                    .willReturn(okJson(
                            "{\"active\":true,\"aud\":\"https://b.example/mcp\",\"username\":\"alice\",\"sub\":\"" + sub
                                    + "\"}")));
        }
        String id = opened("Bearer sub1");
        assertThat(check("POST", "Bearer sub1", id, LIST).isAllowed()).isTrue();
        refused(check("POST", "Bearer sub2", id, CALL));
        refused(check("POST", "Bearer alice", id, CALL));
    }

    @Test
    void isNotThereForTheServersOwnCredentialsWhenAUserOpenedIt() {
        refused(check("POST", OWN, opened("Bearer billing-mcp"), LIST));
        assertThat(check("POST", OWN, opened(OWN), LIST).isAllowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s1", "s1.", "s1.AAAA", ""})
    void cannotBeGuessed(String id) {
        refused(check("POST", "Bearer alice", id, CALL));
    }

    @Test
    void answersAllRefusalsAlike() {
        Refused another = (Refused) check("POST", "Bearer bob", opened("Bearer alice"), CALL);
        Refused none = (Refused) check("POST", "Bearer bob", "none", CALL);
        assertThat(another.answer()).isEqualTo(none.answer());
    }

    @Test
    void needNotBe() {
        assertThat(((Allowed) guard.check(GuardRequest.post("Bearer alice", bytes(LIST))))
                        .session()
                        .serverId())
                .isEmpty();
    }

    @Test
    void printsNoId() {
        Allowed allowed = (Allowed) check("POST", "Bearer alice", opened("Bearer alice"), CALL);
        assertThat(allowed.toString()).doesNotContain("s1");
        assertThat(McpHeaders.read(new RequestHeaders(Map.of("Mcp-Session-Id", List.of("sealed-id"))))
                        .toString())
                .doesNotContain("sessionId");
    }

    private static void refused(GuardDecision decision) {
        assertThat(decision).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(Kind.SESSION_REFUSED);
            assertThat(refused.answer().status()).isEqualTo(404);
        });
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    /** The id that a client has after the server answered its {@code initialize} with the id s1. */
    private String opened(String authorization) {
        Allowed allowed = (Allowed) guard.check(GuardRequest.post(authorization, bytes(OPEN)));
        return allowed.session().forClient("s1").orElseThrow();
    }

    private GuardDecision check(String method, String authorization, String session, String body) {
        McpHeaders headers =
                new McpHeaders(Optional.of("2025-11-25"), Optional.empty(), Optional.empty(), Optional.of(session));
        return guard.check(new GuardRequest(method, List.of(authorization), headers, bytes(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
