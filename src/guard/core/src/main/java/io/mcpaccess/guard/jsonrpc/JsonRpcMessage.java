package io.mcpaccess.guard.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;

/** One message from an MCP client (JSON-RPC 2.0; MCP, base protocol). */
public sealed interface JsonRpcMessage {
    /**
     * Something to be answered.
     *
     * @param id a string or an integer
     * @param method the method's name
     * @param params an object, or a missing node
     */
    record Request(JsonNode id, String method, JsonNode params) implements JsonRpcMessage {
        @Override
        public String toString() {
            return "Request[method=" + method + "]";
        }
    }

    /**
     * Something that gets no answer.
     *
     * @param method the method's name
     */
    record Notification(String method) implements JsonRpcMessage {}

    /** The client's answer to a question that the server asked it. */
    record Response() implements JsonRpcMessage {}
}
