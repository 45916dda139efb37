package io.mcpaccess.registry.remote;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How messages look in one revision of MCP: 2026-07-28 says version, client and capabilities in every request and its
 * headers; before that they are agreed in {@code initialize} and a session may follow.
 */
final class Dialogue {

    /** The revisions with a handshake whose {@code tools/list} is the same. */
    static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    /** A handshake names its version in the body alone. */
    static final Map<String, String> HANDSHAKE_HEADERS = Map.of();

    private static final String MODERN = "2026-07-28";
    private static final String META = "io.modelcontextprotocol/";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String version;
    private final Optional<String> session;
    private int lastId = 1;

    private Dialogue(String version, Optional<String> session) {
        this.version = version;
        this.session = session;
    }

    static Dialogue modern() {
        return new Dialogue(MODERN, Optional.empty());
    }

    static Dialogue legacy(String version, Optional<String> session) {
        return new Dialogue(version, session.filter(id -> id.matches("[\\x21-\\x7e]{1,512}")));
    }

    Map<String, String> headers(String method) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("MCP-Protocol-Version", version);
        if (MODERN.equals(version)) {
            headers.put("Mcp-Method", method);
        }
        session.ifPresent(id -> headers.put("Mcp-Session-Id", id));
        return headers;
    }

    /** What ends the session, if there is one. */
    Optional<Map<String, String>> sessionHeaders() {
        return session.map(id -> headers(""));
    }

    ObjectNode toolsList(Optional<String> cursor) {
        lastId++;
        ObjectNode message = request(lastId, "tools/list");
        ObjectNode params = message.putObject("params");
        cursor.ifPresent(value -> params.put("cursor", value));
        if (MODERN.equals(version)) {
            ObjectNode meta = params.putObject("_meta").put(META + "protocolVersion", version);
            meta.set(META + "clientInfo", clientInfo());
            meta.putObject(META + "clientCapabilities");
        }
        return message;
    }

    static ObjectNode initialize() {
        ObjectNode message = request(1, "initialize");
        ObjectNode params = message.putObject("params").put("protocolVersion", LEGACY.get(0));
        params.putObject("capabilities");
        params.set("clientInfo", clientInfo());
        return message;
    }

    static ObjectNode initialized() {
        return NODES.objectNode().put("jsonrpc", "2.0").put("method", "notifications/initialized");
    }

    private static ObjectNode request(int id, String method) {
        return NODES.objectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
    }

    private static ObjectNode clientInfo() {
        return NODES.objectNode().put("name", "mcp-access-import").put("version", "1.0.0");
    }
}
