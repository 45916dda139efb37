package io.mcpaccess.guard.http;

import java.util.Map;

/**
 * What the MCP client gets instead of the server's answer.
 *
 * @param status the HTTP status
 * @param headers names and values; never null
 * @param body JSON text; may be empty
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {
    /** Takes an immutable copy of the headers. */
    public HttpAnswer {
        headers = Map.copyOf(headers);
    }
}
