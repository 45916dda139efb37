package io.mcpaccess.amctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** AM's management API with one domain, {@code demo}, as far as a test gives it answers; and calls of amctl to it. */
public final class StubAm implements AutoCloseable {

    /** The path of the domain. */
    public static final String DOMAIN = "/management/organizations/DEFAULT/environments/DEFAULT/domains/d1";

    private final HttpServer server;
    private final Map<String, BiFunction<Map<String, String>, JsonNode, Object>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> audits = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** What a call said and how it ended. */
    public record Result(int code, String out, String err) {}

    /** An AM that knows its domain and its audit log. */
    public StubAm() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        on("POST /management/auth/token", (query, body) -> Json.object().put("access_token", "t"));
        on(
                "GET " + DOMAIN.replace("/d1", ""),
                (query, body) -> page(List.of(
                        Json.object().put("id", "d1").put("hrid", "demo").put("name", "Demo"))));
        on(
                "GET " + DOMAIN + "/authorization-engines",
                (query, body) -> Json.array().add(Json.object().put("id", "e1").put("type", "openfga")));
        on("GET " + DOMAIN + "/audits", (query, body) -> audits(query));
    }

    /** Gives an answer: JSON, a text, or a status. */
    public StubAm on(String methodAndPath, BiFunction<Map<String, String>, JsonNode, Object> answer) {
        answers.put(methodAndPath, answer);
        return this;
    }

    /** The engine's configuration, its store and, as text, the MCP servers of the domain. */
    public StubAm engine(ObjectNode configuration, Supplier<String> model, List<JsonNode> tuples, String servers) {
        String engine = DOMAIN + "/authorization-engines/e1";
        return on("GET " + engine, (query, body) -> Json.object().put("configuration", configuration.toString()))
                .on(
                        "GET " + engine + "/settings/authorization-models",
                        (query, body) -> page(List.of(Json.read(ModelReader.toJson(ModelReader.fromDsl(model.get()))))))
                .on("GET " + engine + "/settings/tuples", (query, body) -> page(tuples))
                .on("GET " + engine + "/settings/mcp/servers", (query, body) -> Json.read(servers));
    }

    /** A tuple of user, relation and object. */
    public static ObjectNode tuple(String text) {
        String[] parts = text.split(" ");
        return Json.object().put("user", parts[0]).put("relation", parts[1]).put("object", parts[2]);
    }

    /** The requests so far, with their queries. */
    public List<String> asked() {
        return asked;
    }

    /** AM's page with all of the items. */
    public static ObjectNode page(List<? extends JsonNode> items) {
        ObjectNode page = Json.object().put("currentPage", 0).put("totalCount", items.size());
        page.putArray("data").addAll(items);
        return page;
    }

    /** Writes a decision down. */
    public StubAm decided(long at, String subject, String tool, String reason) {
        String[] who = subject.split(":");
        ObjectNode response = Json.object().put("decision", reason.equals("permitted") || reason.equals("shadowed"));
        ObjectNode context = response.putObject("context").put("reason_code", reason);
        if (reason.equals("shadowed")) {
            context.putObject("shadow").put("reason_code", "permission_denied");
        }
        ObjectNode request = Json.object();
        request.putObject("subject").put("type", who[0]).put("id", who[1]);
        request.putObject("action").put("name", "tools/call");
        request.putObject("resource").put("type", "tool").put("id", tool);
        ArrayNode patch = Json.array();
        patch.addObject().put("op", "add").put("path", "/request").set("value", request);
        patch.addObject().put("op", "add").put("path", "/response").set("value", response);
        return audited(at, patch.toString());
    }

    /** Writes an entry down with a message as it is; null for none. */
    public StubAm audited(long at, String message) {
        ObjectNode entry = Json.object()
                .put("id", "a" + audits.size())
                .put("type", "PERMISSION_EVALUATED")
                .put("timestamp", at);
        entry.putObject("actor").put("displayName", "billing");
        entry.putObject("outcome").put("status", "success").put("message", message);
        audits.add(entry);
        return this;
    }

    private JsonNode audits(Map<String, String> query) {
        long from = Long.parseLong(query.get("from"));
        long to = Long.parseLong(query.get("to"));
        List<JsonNode> found = audits.stream()
                .filter(entry -> entry.path("timestamp").asLong() >= from
                        && entry.path("timestamp").asLong() <= to)
                .sorted((one, other) -> Long.compare(
                        other.path("timestamp").asLong(), one.path("timestamp").asLong()))
                .toList();
        int size = Integer.parseInt(query.get("size"));
        List<JsonNode> page = found.stream()
                .skip(Long.parseLong(query.get("page")) * size)
                .limit(size)
                .toList();
        return page(page).put("totalCount", found.size());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        BiFunction<Map<String, String>, JsonNode, Object> answer = answers.get(path);
        Object said = answer == null ? Integer.valueOf(404) : answer.apply(query(exchange), Json.read(body));
        int status = said instanceof Integer number ? number : 200;
        byte[] bytes =
                (said instanceof Integer ? "{\"message\":\"no\"}" : said.toString()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    /** Calls amctl. */
    public Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Result(code, out.toString(), err.toString());
    }

    /** Where it is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/management");
    }

    /** Calls amctl with somebody who listens. */
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        return Amctl.run(
                new ArrayList<>(List.of(arguments)),
                Map.of("AMCTL_URL", url().toString(), "AMCTL_USERNAME", "ops", "AMCTL_PASSWORD", "pw"),
                out,
                err);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
