package io.mcpaccess.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A list of tools shows those, and those alone, whose call would go on, or lacks scopes and nothing else. */
class ListProperties {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> DECISIONS = List.of(
            "{\"decision\":true,\"context\":{\"reason_code\":\"permitted\",\"layers\":[\"token\",\"scope\",\"permission\"]}}",
            "{\"decision\":true,\"context\":{\"reason_code\":\"shadowed\",\"layers\":[\"token\",\"scope\"],"
                    + "\"shadow\":{\"reason_code\":\"permission_denied\"}}}",
            "{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}}",
            "{\"decision\":false,\"context\":{\"reason_code\":\"tool_unknown\"}}",
            "{\"decision\":false,\"context\":{\"reason_code\":\"scope_missing\",\"required_scopes\":[\"s\"]}}",
            "{\"decision\":false,\"context\":{\"reason_code\":\"reconsent_required\",\"required_scopes\":[\"s\"]}}",
            "{\"decision\":false}");

    private static HttpServer am;
    private static McpGuard guard;
    private static volatile List<String> decided = List.of();

    @BeforeContainer
    static void start() throws IOException {
        // Without it each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        am = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        am.createContext(
                "/demo/oauth/introspect",
                exchange ->
                        answer(exchange, "{\"active\":true,\"aud\":\"https://b.example/mcp\",\"username\":\"alice\"}"));
        am.createContext("/demo/access/v1/evaluation", exchange -> {
            String tool =
                    JSON.readTree(exchange.getRequestBody()).at("/resource/id").asText();
            answer(exchange, decision(tool));
        });
        am.createContext("/demo/access/v1/evaluations", exchange -> {
            List<String> answers = new ArrayList<>();
            JsonNode question = JSON.readTree(exchange.getRequestBody());
            boolean imagined = question.at("/context/assumed_scope").isTextual();
            for (JsonNode item : question.path("evaluations")) {
                String tool = item.at("/resource/id").asText();
                answers.add(imagined ? permission(tool) : decision(tool));
            }
            answer(exchange, "{\"evaluations\":[" + String.join(",", answers) + "]}");
        });
        am.start();
        guard = guard();
    }

    @AfterContainer
    static void stop() {
        am.stop(0);
    }

    @Property(tries = 60)
    void theListShowsWhatTheSingleAnswersWould(@ForAll("decisions") List<String> decisions) throws IOException {
        decided = decisions;
        List<String> expected = new ArrayList<>();
        for (int tool = 0; tool < decisions.size(); tool++) {
            GuardDecision single = guard.check(post("\"tools/call\",\"params\":{\"name\":\"t" + tool + "\"}"));
            if (single.isAllowed()
                    || single instanceof GuardDecision.Refused refused
                            && refused.kind() == GuardDecision.Kind.SCOPE_MISSING
                            && hasPermission("t" + tool)) {
                expected.add("t" + tool);
            }
        }
        String tools = IntStream.range(0, decisions.size())
                .mapToObj(tool -> "{\"name\":\"t" + tool + "\"}")
                .collect(Collectors.joining(","));
        ListFilter filter = ((GuardDecision.Allowed) guard.check(post("\"tools/list\"")))
                .list()
                .orElseThrow();

        String shown = filter.apply("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[" + tools + "]}}")
                .orElseThrow();

        assertThat(JSON.readTree(shown).at("/result/tools").findValuesAsText("name"))
                .isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<String>> decisions() {
        return Arbitraries.of(DECISIONS).list().ofMinSize(1).ofMaxSize(8);
    }

    private static McpGuard guard() {
        GuardConfiguration configuration = GuardConfiguration.of(
                        "http://127.0.0.1:" + am.getAddress().getPort() + "/demo",
                        "https://b.example/mcp",
                        "billing-mcp",
                        "s2")
                .withLimits(Limits.usual().withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20)));
        return new McpGuard(configuration, Clock.systemUTC());
    }

    private static GuardRequest post(String method) {
        return GuardRequest.post(
                "Bearer the-token",
                ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":" + method + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static String decision(String tool) {
        return decided.get(Integer.parseInt(tool.substring(1)));
    }

    /** Half of the tools behind missing scopes have the permission. */
    private static String permission(String tool) {
        return hasPermission(tool)
                ? "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"permission\"]}}"
                : "{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}}";
    }

    private static boolean hasPermission(String tool) {
        return Integer.parseInt(tool.substring(1)) % 2 == 0;
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
