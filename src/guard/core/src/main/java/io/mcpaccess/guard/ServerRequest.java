package io.mcpaccess.guard;

import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An allowed request as the server must read it: the message that was decided about, not the bytes that the client sent, and
 * without what the guard alone may say in {@code _meta}.
 * Whoever stands between the two takes the body from here and asks about each header. Prints neither.
 */
public final class ServerRequest {
    private static final String JSON = "application/json";
    private static final Set<String> GUARDS = Set.of(
            McpHeaders.SESSION_ID.toLowerCase(Locale.ROOT),
            McpHeaders.LAST_EVENT_ID,
            RequestHeaders.CONTENT_TYPE,
            RequestHeaders.CONTENT_LENGTH,
            RequestHeaders.CONTENT_ENCODING,
            RequestHeaders.TRANSFER_ENCODING,
            "trailer",
            "te",
            "expect");
    private static final Set<String> OF_A_MESSAGE = Set.of(McpHeaders.METHOD, McpHeaders.NAME);

    private final Optional<JsonRpcMessage> message;
    private final byte[] body;
    private final boolean hasBody;
    private final Map<String, String> headers = new HashMap<>();

    private ServerRequest(
            Optional<JsonRpcMessage> message,
            byte[] body,
            boolean hasBody,
            Optional<String> sessionId,
            Optional<String> lastEventId) {
        this.message = message;
        this.body = body;
        this.hasBody = hasBody;
        sessionId.ifPresent(id -> headers.put(McpHeaders.SESSION_ID.toLowerCase(Locale.ROOT), id));
        lastEventId.ifPresent(id -> headers.put(McpHeaders.LAST_EVENT_ID, id));
        if (hasBody) {
            headers.put(RequestHeaders.CONTENT_TYPE, JSON);
            headers.put(RequestHeaders.CONTENT_LENGTH, String.valueOf(body.length));
        }
    }

    static ServerRequest message(JsonRpcMessage decided, McpSession session) {
        JsonRpcMessage message = GuardMeta.without(decided);
        return new ServerRequest(Optional.of(message), message.written(), true, session.serverId(), Optional.empty());
    }

    static ServerRequest withoutBody(McpSession session, Optional<String> lastEventId) {
        return new ServerRequest(Optional.empty(), new byte[0], false, session.serverId(), lastEventId);
    }

    /**
     * @return the message that was decided about, of which {@link #body} is made; empty for a request without a body
     */
    public Optional<JsonRpcMessage> message() {
        return message;
    }

    /**
     * @return UTF-8; empty for a request without a body. Not copied: do not change it
     */
    public byte[] body() {
        return body;
    }

    /**
     * @return whether there is a body at all
     */
    public boolean hasBody() {
        return hasBody;
    }

    /**
     * @param name of a header, in any case
     * @param fromClient every value that the client sent
     * @return the values that the server sees; empty where it must not see the header
     */
    public List<String> header(String name, List<String> fromClient) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (GUARDS.contains(lower)) {
            return Optional.ofNullable(headers.get(lower)).stream().toList();
        }
        return !hasBody && OF_A_MESSAGE.contains(lower) ? List.of() : fromClient;
    }

    /**
     * @return the headers that the server must see, whatever the client sent: names in lower case
     */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "ServerRequest[" + body.length + " bytes]";
    }
}
