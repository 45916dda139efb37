package io.mcpaccess.amctl.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpaccess.amctl.StubAm;
import io.mcpaccess.amctl.StubAm.Result;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code replay --engine}: the same questions asked of another OpenFGA. */
class ReplayEngineTest {

    private StubAm am;
    private HttpServer other;
    private final List<JsonNode> tuples = new ArrayList<>();
    private final List<String> askedOfOther = new CopyOnWriteArrayList<>();
    private final long now = Instant.now().toEpochMilli();

    @BeforeEach
    void open() throws IOException {
        am = new StubAm().engine(Json.object(), () -> ReplayCommandTest.MODEL, tuples, "{\"servers\":[]}");
        tuple("user:alice can_call tool:list");
        tuple("user:bob assignee role:clerk");
        tuple("role:clerk#assignee can_call tool:list");
        condition(tuple("user:erin can_call tool:pay"), "until", "end", "2999-01-01T00:00:00Z");
        am.decided(now - 1000, "user:alice", "list", "permitted")
                .decided(now - 2000, "user:bob", "list", "permitted")
                .decided(now - 3000, "user:erin", "pay", "permitted")
                .decided(now - 4000, "user:carol", "list", "permission_denied");
    }

    @AfterEach
    void close() {
        am.close();
        if (other != null) {
            other.stop(0);
        }
    }

    private ObjectNode tuple(String text) {
        ObjectNode tuple = StubAm.tuple(text);
        tuples.add(tuple);
        return tuple;
    }

    private static void condition(ObjectNode tuple, String name, String parameter, String value) {
        tuple.putObject("condition").put("name", name).putObject("context").put(parameter, value);
    }

    @Test
    @ExtendWith(OpenFgaServer.class)
    void aRealServerAnswersAsTheEvaluatorHereAndKeepsNothing(OpenFgaStores server) throws Exception {
        tuple("user:gone owner tool:list");
        for (int i = 0; i < 150; i++) {
            tuple("user:many" + i + " can_call tool:list");
            am.decided(now - 5000 - i, "user:many" + i, "list", "permitted");
        }
        am.decided(now - 6000, "user:alice", "none", "permitted");

        Result result = am.run("replay", "demo", "--engine", server.url().toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "now refused  user:alice can_call tool:none  once",
                        "The other engine answers as the one here.",
                        "155 decisions, 155 asked again: 1 would end otherwise.");
        assertThat(result.err()).contains("1 tuples are left out", "user:gone owner tool:list");
        assertThat(trialStores(server.url()).path("stores").isArray()).isTrue();
        assertThat(trialStores(server.url()).path("stores")).isEmpty();
    }

    @Test
    @ExtendWith(OpenFgaServer.class)
    void aChangeIsTriedOutThereAsWell(OpenFgaStores server) {
        Result result = am.run(
                "replay",
                "demo",
                "--json",
                "--fail-on-flip",
                "--engine",
                server.url() + "/",
                "--delete",
                "user:bob assignee role:clerk");

        JsonNode json = Json.read(result.out());
        assertThat(result.code()).isEqualTo(9);
        assertThat(json.path("flips"))
                .extracting(flip -> flip.path("user").asText())
                .containsExactly("user:bob");
        assertThat(json.path("enginesDiffer").isArray()).isTrue();
        assertThat(json.path("enginesDiffer")).isEmpty();
    }

    private static JsonNode trialStores(URI server) throws Exception {
        return Json.read(HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server + "/stores?name=amctl-replay"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    /** A server that takes everything and answers as told. */
    private String other(int status, String batch) throws IOException {
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            String path =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            askedOfOther.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().readAllBytes();
            if (path.endsWith("/batch-check")) {
                answer(exchange, status, batch);
            } else {
                answer(exchange, 200, path.equals("POST /stores") ? "{\"id\":\"S1\"}" : "{}");
            }
        });
        other.start();
        return "http://127.0.0.1:" + other.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void whereTheEnginesDifferItIsSaidAndIsNoClearAnswer() throws IOException {
        String url = other(200, """
                {"result":{"1":{"allowed":true},"2":{"allowed":true},"3":{"allowed":true},
                           "4":{"error":{"internal_error":"deadline_exceeded"}}}}""");

        Result result = am.run("replay", "demo", "--fail-on-flip", "--engine", url);

        assertThat(result.code()).as(result.err()).isEqualTo(9);
        assertThat(result.out())
                .contains(
                        "engines differ: user:carol can_call tool:list: no answer, refused here",
                        "answers 1 questions otherwise",
                        "not compared: 1 without an answer",
                        "4 decisions, 3 asked again: 0 would end otherwise.");
        assertThat(askedOfOther).contains("DELETE /stores/S1 null");
    }

    @Test
    void attack_whatAServerSaysOfItselfIsNoPartOfAMessageAndItsStoreGoes() throws IOException {
        String url = other(403, "{\"code\":\"forbidden\\u001b[2J\",\"message\":\"hunter2\"}");

        Result result = am.run("replay", "demo", "--engine", url);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("it does not answer questions (status 403", "AMCTL_OPENFGA_TOKEN")
                .doesNotContain("hunter2", "\u001b");
        assertThat(askedOfOther).contains("DELETE /stores/S1 null");
    }

    @Test
    void whateverEndsTheCopyItsStoreGoes() throws Exception {
        FgaServer server = new FgaServer(URI.create(other(200, "{}")), Optional.empty());
        JsonNode model = Json.read(ModelReader.toJson(ModelReader.fromDsl(ReplayCommandTest.MODEL)));
        EmbeddedSnapshot store = new EmbeddedSnapshot(LocalStore.of(model, tuples));

        assertThatThrownBy(() -> TrialStore.copy(server, store, done -> {
                    throw new IllegalStateException("broken off");
                }))
                .hasMessage("broken off");

        assertThat(askedOfOther).contains("DELETE /stores/S1 null");
    }

    @Test
    void anAddressThatIsNoneIsNoReplay() {
        for (String engine : List.of("1.22.1", "ftp://host", "http://user:pw@host", "http://")) {
            assertThat(am.run("replay", "demo", "--engine", engine).code())
                    .as(engine)
                    .isEqualTo(2);
        }
        assertThat(am.run("replay", "demo", "--engine", "http://127.0.0.1:1").err())
                .contains("http://127.0.0.1:1 cannot be reached: connection refused");
        assertThat(am.run("replay", "demo", "--engine", "embedded").out())
                .contains("4 asked again: 0 would end otherwise")
                .doesNotContain("other engine");
    }
}
