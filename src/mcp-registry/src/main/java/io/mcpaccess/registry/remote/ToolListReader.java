package io.mcpaccess.registry.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.registry.plan.ArgumentMapping;
import io.mcpaccess.registry.plan.DeclarationReader;
import io.mcpaccess.registry.plan.RegistryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code tools/list} to its last page, in whichever revision of MCP the server speaks: 2026-07-28 first, which has no
 * handshake, and where that is not understood {@code initialize} and 2025-11-25 or older (MCP 2026-07-28, Streamable HTTP,
 * "Backward Compatibility").
 */
final class ToolListReader {

    /** The most tools that are read. */
    static final int MAX_TOOLS = 1000;

    private static final int UNSUPPORTED_VERSION = -32022;
    private static final int HEADER_MISMATCH = -32020;
    private static final Set<Integer> MODERN_ERRORS = Set.of(UNSUPPORTED_VERSION, HEADER_MISMATCH, -32021);

    private static final Logger LOG = LoggerFactory.getLogger(ToolListReader.class);

    private final McpConnection connection;

    ToolListReader(McpConnection connection) {
        this.connection = connection;
    }

    List<RemoteTool> read() {
        Dialogue modern = Dialogue.modern();
        McpReply first = ask(modern, Optional.empty());
        if (first.hasResult()) {
            return pages(modern, first);
        }
        refuseIfFinal(first);
        Dialogue legacy = handshake();
        List<RemoteTool> tools = pages(legacy, ask(legacy, Optional.empty()));
        legacy.sessionHeaders().ifPresent(this::endSession);
        return tools;
    }

    /** A courtesy: the tools are read, and a server forgets sessions by itself. */
    private void endSession(Map<String, String> headers) {
        try {
            connection.delete(headers);
        } catch (RegistryException e) {
            LOG.debug("A session with an MCP server was not ended: {}", e.getMessage());
        }
    }

    private static void refuseIfFinal(McpReply reply) {
        if (reply.status() == 401 || reply.status() == 403) {
            throw new RegistryException(
                    502,
                    "The MCP server refuses the list of tools to these credentials (HTTP " + reply.status()
                            + "). Give bearerToken, or the server's own clientId and clientSecret. Nothing was"
                            + " changed.");
        }
        if (reply.status() >= 300 && reply.status() < 400) {
            throw new RegistryException(
                    502,
                    "The MCP server answers with a redirect, which is not followed. Give its final address."
                            + " Nothing was changed.");
        }
        boolean speaksOlder = reply.message()
                .path("error")
                .path("data")
                .path("supported")
                .toString()
                .matches(".*\"2025-(11-25|06-18|03-26)\".*");
        if (MODERN_ERRORS.contains(reply.errorCode()) && !speaksOlder) {
            throw new RegistryException(
                    502,
                    "The MCP server speaks none of the protocol versions 2026-07-28, 2025-11-25 and 2025-06-18."
                            + " Nothing was changed.");
        }
    }

    private Dialogue handshake() {
        McpReply reply = connection.post(Dialogue.HANDSHAKE_HEADERS, Dialogue.initialize());
        refuseIfFinal(reply);
        String version = reply.message().path("result").path("protocolVersion").asText("");
        if (!reply.hasResult() || !Dialogue.LEGACY.contains(version)) {
            throw noServer();
        }
        Dialogue dialogue = Dialogue.legacy(version, reply.sessionId());
        connection.post(dialogue.headers("notifications/initialized"), Dialogue.initialized());
        return dialogue;
    }

    private McpReply ask(Dialogue dialogue, Optional<String> cursor) {
        return connection.post(dialogue.headers("tools/list"), dialogue.toolsList(cursor));
    }

    private List<RemoteTool> pages(Dialogue dialogue, McpReply first) {
        List<RemoteTool> tools = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        McpReply page = first;
        while (true) {
            if (!page.hasResult()) {
                refuseIfFinal(page);
                throw noServer();
            }
            JsonNode result = page.message().path("result");
            add(result.path("tools"), tools);
            JsonNode next = result.path("nextCursor");
            if (next.isMissingNode() || next.isNull()) {
                return tools;
            }
            if (!next.isTextual() || !cursors.add(next.textValue())) {
                throw noServer();
            }
            page = ask(dialogue, Optional.of(next.textValue()));
        }
    }

    private static void add(JsonNode page, List<RemoteTool> tools) {
        if (!page.isArray()) {
            throw noServer();
        }
        for (JsonNode tool : page) {
            if (!tool.path("name").isTextual()) {
                throw noServer();
            }
            if (tools.size() == MAX_TOOLS) {
                throw new RegistryException(
                        502, "The MCP server has more than " + MAX_TOOLS + " tools. Nothing was changed.");
            }
            tools.add(new RemoteTool(
                    tool.path("name").textValue(),
                    tool.path("description").asText(""),
                    DeclarationReader.hints(tool.path("annotations")),
                    ArgumentMapping.of(tool.path("inputSchema"))));
        }
    }

    private static RegistryException noServer() {
        return new RegistryException(
                502,
                "What answers there is no MCP server with a list of tools over Streamable HTTP. Nothing was changed.");
    }
}
