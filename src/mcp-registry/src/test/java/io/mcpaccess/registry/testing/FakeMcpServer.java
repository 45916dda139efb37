package io.mcpaccess.registry.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An MCP server on loopback whose every answer a test writes. */
public final class FakeMcpServer implements AutoCloseable {

    /** What came in. */
    public final List<Request> requests = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Answers a request. */
    public interface Handler {
        /** Sends an answer. */
        void handle(Request request) throws IOException;
    }

    /** A server that is up. */
    public FakeMcpServer(Handler handler) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/mcp", exchange -> {
            Request request = new Request(exchange);
            requests.add(request);
            try {
                handler.handle(request);
            } finally {
                exchange.close();
            }
        });
        server.start();
    }

    /** Speaks 2026-07-28: pages of tools without a handshake. */
    public static FakeMcpServer modern(List<List<String>> pages) {
        return new FakeMcpServer(request -> request.tools(pages));
    }

    /** Its endpoint. */
    public String url() {
        return "http://127.0.0.1:" + port() + "/mcp";
    }

    /** Its port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The JSON-RPC methods that came in. */
    public List<String> methods() {
        List<String> methods = new ArrayList<>();
        requests.forEach(request ->
                methods.add(request.exchange.getRequestMethod().equals("POST") ? request.method() : "DELETE"));
        return methods;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** A request. */
    public static final class Request {

        public final HttpExchange exchange;
        public final JsonNode json;

        Request(HttpExchange exchange) throws IOException {
            this.exchange = exchange;
            this.json = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
        }

        /** The JSON-RPC method. */
        public String method() {
            return json.path("method").asText();
        }

        /** A header, or null. */
        public String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }

        /** Answers with one of several pages of tools. */
        public void tools(List<List<String>> pages) throws IOException {
            int page = json.path("params").path("cursor").asInt(0);
            List<String> tools = page < pages.size() ? pages.get(page) : Collections.emptyList();
            String next = page + 1 < pages.size() ? ",\"nextCursor\":\"" + (page + 1) + "\"" : "";
            result("{\"tools\":[" + String.join(",", tools) + "]" + next + "}");
        }

        /** Answers with a result. */
        public void result(String result) throws IOException {
            json(200, "{\"jsonrpc\":\"2.0\",\"id\":" + json.path("id") + ",\"result\":" + result + "}");
        }

        /** Answers with a JSON-RPC error. */
        public void error(int status, int code, String data) throws IOException {
            json(
                    status,
                    "{\"jsonrpc\":\"2.0\",\"id\":" + json.path("id") + ",\"error\":{\"code\":" + code
                            + ",\"message\":\"no\",\"data\":" + data + "}}");
        }

        /** Answers with JSON. */
        public void json(int status, String body) throws IOException {
            send(status, "application/json", body);
        }

        /** Answers with a whole body. */
        public void send(int status, String type, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A tool in a list. */
    public static String tool(String name, String description) {
        return "{\"name\":\"" + name + "\",\"description\":\"" + description
                + "\",\"inputSchema\":{\"type\":\"object\"},\"annotations\":{\"readOnlyHint\":true}}";
    }
}
