package io.mcpaccess.guard.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One message from an MCP client (JSON-RPC 2.0; MCP, base protocol). Prints neither params nor results. */
public sealed interface JsonRpcMessage {
    /**
     * The message written anew from what was understood of it: each member of JSON-RPC once, by its exact name, and no
     * others. What is inside the params stays as it was, numbers to the letter. So whoever reads it, however loosely, reads
     * what was decided about.
     *
     * @return UTF-8
     */
    byte[] written();

    /**
     * Something to be answered.
     *
     * @param id a string or an integer
     * @param method the method's name
     * @param params an object, or a missing node
     */
    record Request(JsonNode id, String method, JsonNode params) implements JsonRpcMessage {
        @Override
        public byte[] written() {
            ObjectNode message = empty();
            message.set("id", id);
            return call(message, method, params);
        }

        @Override
        public String toString() {
            return "Request[method=" + method + "]";
        }
    }

    /**
     * Something that gets no answer.
     *
     * @param method the method's name
     * @param params an object, or a missing node
     */
    record Notification(String method, JsonNode params) implements JsonRpcMessage {
        @Override
        public byte[] written() {
            return call(empty(), method, params);
        }

        @Override
        public String toString() {
            return "Notification[method=" + method + "]";
        }
    }

    /**
     * The client's answer to a question that the server asked it.
     *
     * @param id of the question
     * @param member {@code result} or {@code error}
     * @param value what that member holds
     */
    record Response(JsonNode id, String member, JsonNode value) implements JsonRpcMessage {
        @Override
        public byte[] written() {
            ObjectNode message = empty();
            message.set("id", id);
            message.set(member, value);
            return StrictMessageJson.write(message);
        }

        @Override
        public String toString() {
            return "Response[" + member + "]";
        }
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    }

    private static byte[] call(ObjectNode message, String method, JsonNode params) {
        message.put("method", method);
        if (!params.isMissingNode()) {
            message.set("params", params);
        }
        return StrictMessageJson.write(message);
    }
}
