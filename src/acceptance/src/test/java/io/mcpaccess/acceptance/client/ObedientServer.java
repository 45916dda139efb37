package io.mcpaccess.acceptance.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** An MCP server that does as it is told by whoever comes, and keeps what reached it. */
public final class ObedientServer implements AutoCloseable {

    private final List<String> reached = new CopyOnWriteArrayList<>();
    private final String tools;
    private final HttpServer server;

    /** Starts it on a port of its own. */
    public ObedientServer(String... tools) {
        this.tools = List.of(tools).stream()
                .map(tool -> "{\"name\":\"" + tool + "\"}")
                .collect(Collectors.joining(",", "{\"tools\":[", "]}"));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        reached.add(exchange.getRequestHeaders().entrySet() + " " + body);
        String result = body.contains("tools/list") ? tools : "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}";
        byte[] answer = ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
    }

    /** Headers and bodies of the requests that came, oldest first; it grows. */
    public List<String> reached() {
        return reached;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
