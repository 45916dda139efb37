package io.mcpaccess.registry.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An answer to one JSON-RPC request over HTTP.
 *
 * @param status the HTTP status
 * @param message the JSON-RPC message; a missing node where there is none
 * @param sessionId the session that the server opened, if it did
 */
record McpReply(int status, JsonNode message, Optional<String> sessionId) {

    boolean hasResult() {
        return status == 200 && message.path("result").isObject();
    }

    /** The code of a JSON-RPC error; zero where there is none. */
    int errorCode() {
        return message.path("error").path("code").asInt(0);
    }
}
