package io.mcpaccess.guard.proxy.tryout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.McpHeaders;
import io.mcpaccess.guard.http.MediaTypes;
import io.mcpaccess.guard.jsonrpc.StrictMessageJson;
import io.mcpaccess.guard.sse.EventReader;
import io.mcpaccess.guard.sse.ServerEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A guarded server as an MCP client sees it. Prints no token. */
final class TryServer {
    private static final String VERSION = "2025-11-25";
    private static final int MOST_CHARACTERS = 1 << 24;

    private final TryHttp http;
    private final URI url;
    private Optional<String> token = Optional.empty();
    private Optional<String> session = Optional.empty();
    private int lastId;

    TryServer(TryHttp http, URI url) {
        this.http = http;
        this.url = url;
    }

    /** Another token is another session. */
    void use(String accessToken) {
        token = Optional.of(accessToken);
        session = Optional.empty();
    }

    boolean hasToken() {
        return token.isPresent();
    }

    /**
     * @param method of MCP
     * @param params an object
     * @return the HTTP answer; a 401 or 403 says what a login must ask for
     */
    HttpResponse<String> ask(String method, ObjectNode params) throws TryException {
        if (session.isEmpty() && !method.equals("initialize") && token.isPresent()) {
            HttpResponse<String> begun = ask("initialize", handshake());
            if (begun.statusCode() != 200) {
                return begun;
            }
            session = begun.headers().firstValue(McpHeaders.SESSION_ID).or(() -> Optional.of(""));
            send(message("notifications/initialized", JsonNodeFactory.instance.objectNode()));
        }
        ObjectNode message = message(method, params);
        message.put("id", ++lastId);
        return send(message);
    }

    /** The JSON-RPC answer in an HTTP answer, be it JSON or a stream. */
    static JsonNode answer(HttpResponse<String> response) throws TryException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        List<String> texts = new ArrayList<>();
        if (MediaTypes.isEventStream(type)) {
            EventReader.Sink sink = new EventReader.Sink() {
                @Override
                public void event(ServerEvent event) {
                    event.data().ifPresent(texts::add);
                }

                @Override
                public void comment(String text) {
                    // It keeps the connection alive.
                }
            };
            try {
                char[] body = response.body().toCharArray();
                new EventReader(sink, MOST_CHARACTERS).read(body, 0, body.length);
            } catch (IOException thisSinkThrowsNone) {
                throw new TryException("The stream could not be read.");
            }
        } else {
            texts.add(response.body());
        }
        for (String text : texts) {
            Optional<JsonNode> json = StrictMessageJson.parse(text.getBytes(StandardCharsets.UTF_8))
                    .filter(message -> message.has("result") || message.has("error"));
            if (json.isPresent()) {
                return json.get();
            }
        }
        throw new TryException("The server answered " + response.statusCode() + " and no message.");
    }

    private HttpResponse<String> send(ObjectNode message) throws TryException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        token.ifPresent(value -> headers.put("Authorization", "Bearer " + value));
        session.filter(id -> !id.isEmpty()).ifPresent(id -> headers.put(McpHeaders.SESSION_ID, id));
        if (session.isPresent()) {
            headers.put("MCP-Protocol-Version", VERSION);
        }
        return http.post(url, headers, message.toString());
    }

    private static ObjectNode message(String method, ObjectNode params) {
        ObjectNode message =
                JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", method);
        message.set("params", params);
        return message;
    }

    private static ObjectNode handshake() {
        ObjectNode params = JsonNodeFactory.instance.objectNode().put("protocolVersion", VERSION);
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "guard-proxy --try").put("version", "1");
        return params;
    }

    @Override
    public String toString() {
        return "TryServer[" + url + "]";
    }
}
