package io.mcpaccess.authzen;

import static io.mcpaccess.authzen.testing.AmDomain.basic;
import static io.mcpaccess.authzen.testing.AmDomain.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.mcpaccess.authzen.testing.AmDomain;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plugin wired as AM wires it, over HTTP, with AM's services played by mocks. */
class AuthZenPluginTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuthorizationEngineProvider engine = mock();
    private final List<AuthorizationEngineRequest> asked = new CopyOnWriteArrayList<>();
    private AmDomain domain;

    @BeforeEach
    void start() throws Exception {
        when(engine.check(any())).thenAnswer(call -> {
            asked.add(call.getArgument(0));
            return Single.just(new AuthorizationEngineResponse(true, Map.of()));
        });
        domain = AmDomain.startedWith(engine);
    }

    @AfterEach
    void stop() throws Exception {
        domain.close();
    }

    @Test
    void permitsWhatTokenScopesAndEngineAllow() throws Exception {
        HttpResponse<String> response = evaluate(question("alice", "list_invoices", "a.b.c"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.path("decision").booleanValue()).isTrue();
        assertThat(body.at("/context/reason_code").textValue()).isEqualTo("permitted");
        assertThat(asked).singleElement().satisfies(question -> {
            assertThat(question.subject().id()).isEqualTo("alice");
            assertThat(question.context().attributes()).isEmpty();
        });
        assertThat(domain.audited)
                .singleElement()
                .satisfies(entry -> assertThat(entry.type()).isEqualTo("PERMISSION_EVALUATED"));
    }

    @Test
    void doesNotAskTheEngineWhereAScopeIsMissing() throws Exception {
        JsonNode body =
                JSON.readTree(evaluate(question("alice", "refund", "a.b.c")).body());
        assertThat(body.path("decision").booleanValue()).isFalse();
        assertThat(body.at("/context/reason_code").textValue()).isEqualTo("scope_missing");
        assertThat(body.at("/context/missing_scopes/0").textValue()).isEqualTo("invoices:write");
        assertThat(asked).isEmpty();
        assertThat(domain.audited).hasSize(1);
    }

    @Test
    void answers503WithTheReasonWhereThereIsNoEngine() throws Exception {
        domain.engine(null);
        HttpResponse<String> response = evaluate(question("alice", "list_invoices", "a.b.c"));
        assertThat(response.statusCode()).isEqualTo(503);
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.path("decision").booleanValue()).isFalse();
        assertThat(body.at("/context/reason_code").textValue()).isEqualTo("engine_not_configured");
    }

    @Test
    void anEngineThatComesDuringARequestPermitsNothing() throws Exception {
        when(domain.engines.getDefault()).thenReturn(Maybe.empty()).thenReturn(Maybe.just(engine));
        HttpResponse<String> response = evaluate(question("alice", "list_invoices", "a.b.c"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(asked).isEmpty();
    }

    @Test
    void answersABatchInOrder() throws Exception {
        String items = "{\"evaluations\":[" + question("alice", "list_invoices", "a.b.c") + ",{},"
                + question("alice", "refund", "a.b.c") + "]}";
        HttpResponse<String> response = post("/evaluations", items, "application/json", basic("billing-mcp:s2"));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode evaluations = JSON.readTree(response.body()).path("evaluations");
        assertThat(evaluations).hasSize(3);
        assertThat(evaluations.at("/0/decision").booleanValue()).isTrue();
        assertThat(evaluations.at("/1/context/error/status").intValue()).isEqualTo(400);
        assertThat(evaluations.at("/2/context/reason_code").textValue()).isEqualTo("scope_missing");
    }

    @Test
    void aBatchWithoutItemsIsASingleQuestion() throws Exception {
        HttpResponse<String> response = post(
                "/evaluations",
                question("alice", "list_invoices", "a.b.c"),
                "application/json",
                basic("billing-mcp:s2"));
        assertThat(JSON.readTree(response.body()).path("decision").booleanValue())
                .isTrue();
    }

    @Test
    void refusesStrangersBeforeReadingTheBody() throws Exception {
        HttpResponse<String> response = post("/evaluation", "nonsense", "text/plain", null);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"gravitee-io\"", "Basic realm=\"gravitee-io\"");
        assertThat(domain.audited)
                .singleElement()
                .satisfies(entry -> assertThat(entry.throwable()).isNotNull());
    }

    @Test
    void auditsAWrongSecretWithTheClient() throws Exception {
        assertThat(post("/evaluation", "{}", "application/json", basic("billing-mcp:wrong"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(domain.audited).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo("CLIENT_AUTHENTICATION");
            assertThat(entry.actorId()).isEqualTo("billing-id");
            assertThat(entry.throwable().getMessage()).doesNotContain("wrong\"");
        });
    }

    @Test
    void refusesAUsersTokenAsCredential() throws Exception {
        HttpResponse<String> response =
                post("/evaluation", question("alice", "list_invoices", null), "application/json", "Bearer user-token");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"gravitee-io\", error=\"invalid_token\"");
    }

    @Test
    void refusesWhatIsNotJson() throws Exception {
        assertThat(evaluateAs("text/plain", question("alice", "list_invoices", null))
                        .statusCode())
                .isEqualTo(400);
        assertThat(evaluateAs("application/json; charset=utf-8", question("alice", "list_invoices", null))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesMalformedQuestions() throws Exception {
        for (String body : List.of(
                "",
                "[]",
                "{",
                "{\"subject\":{\"type\":\"user\",\"id\":\"a\"}}",
                "{\"subject\":\"alice\",\"action\":{\"name\":\"x\"},\"resource\":{\"type\":\"t\",\"id\":\"i\"}}",
                "{\"action\":{\"name\":\"x\"},\"action\":{\"name\":\"y\"}}")) {
            HttpResponse<String> response = evaluate(body);
            assertThat(response.statusCode()).as(body).isEqualTo(400);
            assertThat(response.body()).as(body).isNotBlank();
        }
    }

    @Test
    void refusesBadUtf8() throws Exception {
        byte[] body = question("alice", "list_invoices", null).getBytes(StandardCharsets.UTF_8);
        body[body.length - 4] = (byte) 0xff;
        HttpRequest.Builder request = domain.request("/demo/access/v1/evaluation", basic("billing-mcp:s2"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        HttpResponse<String> response = domain.send(request);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("UTF-8");
    }

    @Test
    void refusesAHugeBody() throws Exception {
        assertThat(evaluate("{\"x\":\"" + "a".repeat(1024 * 1024) + "\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void answersOtherMethodsWith405() throws Exception {
        HttpRequest.Builder get = domain.request("/demo/access/v1/evaluation", basic("billing-mcp:s2"))
                .GET();
        HttpResponse<String> response = domain.send(get);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void returnsTheRequestIdOnEveryAnswer() throws Exception {
        for (String authorization : List.of(basic("billing-mcp:s2"), basic("billing-mcp:no"))) {
            for (String body : List.of(question("alice", "list_invoices", null), "{")) {
                HttpRequest.Builder request = domain.request("/demo/access/v1/evaluation", authorization)
                        .header("Content-Type", "application/json")
                        .header("X-Request-ID", "id-~42")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
                assertThat(domain.send(request).headers().allValues("X-Request-ID"))
                        .containsExactly("id-~42");
            }
        }
    }

    @Test
    void leavesNothingBehindWhenItStops() throws Exception {
        domain.provider.stop();
        assertThat(evaluate(question("alice", "list_invoices", null)).statusCode())
                .isEqualTo(404);
        domain.provider.start();
    }

    private HttpResponse<String> evaluate(String body) throws IOException, InterruptedException {
        return domain.ask("/evaluation", body);
    }

    private HttpResponse<String> evaluateAs(String contentType, String body) throws IOException, InterruptedException {
        return post("/evaluation", body, contentType, basic("billing-mcp:s2"));
    }

    private HttpResponse<String> post(String path, String body, String contentType, String authorization)
            throws IOException, InterruptedException {
        return domain.ask(path, body, contentType, authorization);
    }
}
