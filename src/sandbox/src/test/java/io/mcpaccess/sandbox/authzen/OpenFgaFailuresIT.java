package io.mcpaccess.sandbox.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an OpenFGA that is ill answers, nothing is allowed, and the caller hears so in time. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenFgaFailuresIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final Duration IN_TIME = Duration.ofSeconds(3);
    private static final String QUESTION = AuthZenFixtures.evaluation("alice", "", "read", "", "record-1", "");

    private final Map<String, Answer> failures = failures();
    private final Map<String, HttpServer> servers = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Pdp pdp;

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Pdp.Domains domains = new Pdp.Domains(folder);
        for (Map.Entry<String, Answer> failure : failures.entrySet()) {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> failure.getValue().to(exchange));
            server.start();
            servers.put(failure.getKey(), server);
            domains.with(failure.getKey(), configuration(server.getAddress().getPort()));
        }
        domains.with("nobody-listens", configuration(1));
        pdp = domains.start();
    }

    @AfterAll
    void stop() {
        pdp.close();
        servers.values().forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("domains")
    void check28NothingIsAllowedAndTheAnswerComesInTime(String domain) throws Exception {
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            HttpResponse<String> response = pdp.ask(domain, "/evaluation", QUESTION);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
            assertThat(response.statusCode()).as(response.body()).isIn(200, 503);
            JsonNode answer = JSON.readTree(response.body());
            assertThat(answer.path("decision").asBoolean(true)).isFalse();
            assertThat(answer.at("/context/reason_code").asText()).isNotEmpty().isNotEqualTo("permitted");
        }
    }

    @ParameterizedTest
    @MethodSource("domains")
    void check28ABatchIsAnsweredItemByItem(String domain) throws Exception {
        JsonNode answer =
                JSON.readTree(pdp.ask(domain, "/evaluations", "{\"evaluations\":[" + QUESTION + "," + QUESTION + "]}")
                        .body());
        assertThat(answer.path("evaluations")).hasSize(2);
        answer.path("evaluations")
                .forEach(each ->
                        assertThat(each.path("decision").asBoolean(true)).isFalse());
    }

    @ParameterizedTest
    @MethodSource("domains")
    void check28ASearchIsNotAnsweredWithAnEmptyResult(String domain) throws Exception {
        HttpResponse<String> response = pdp.ask(domain, "/search/resource", QUESTION);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
    }

    String[] domains() {
        return Stream.concat(failures.keySet().stream(), Stream.of("nobody-listens"))
                .toArray(String[]::new);
    }

    private static String configuration(int port) {
        return "{mode: server, connectionUri: \"http://127.0.0.1:" + port + "\", storeId: " + ULID
                + ", authorizationModelId: " + ULID + "}";
    }

    private static Map<String, Answer> failures() {
        Map<String, Answer> failures = new LinkedHashMap<>();
        for (int status : new int[] {401, 403, 404, 409, 422, 429, 500, 502, 503}) {
            failures.put("status-" + status, exchange -> send(exchange, status, "{\"code\":\"x\",\"message\":\"y\"}"));
        }
        failures.put("no-json", exchange -> send(exchange, 200, "<html>allowed</html>"));
        failures.put("nothing", exchange -> send(exchange, 200, "{}"));
        failures.put("allowed-is-a-string", exchange -> send(exchange, 200, "{\"allowed\":\"true\"}"));
        failures.put("allowed-is-null", exchange -> send(exchange, 200, "{\"allowed\":null}"));
        failures.put("a-redirect", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            send(exchange, 302, "");
        });
        failures.put("hangs-up", HttpExchange::close);
        failures.put("never-answers", exchange -> {});
        return failures;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
