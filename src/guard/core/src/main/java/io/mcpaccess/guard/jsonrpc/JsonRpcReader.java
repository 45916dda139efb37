package io.mcpaccess.guard.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the body of an MCP POST. Anything that two readers could understand differently is refused. */
public final class JsonRpcReader {
    /**
     * @param body the bytes of the request
     * @return the message
     * @throws MalformedMessageException when the bytes are not exactly one JSON-RPC 2.0 message: -32700 for unreadable
     *     JSON (duplicate members included), -32600 for a batch (removed from MCP in 2025-06-18) or a wrong shape
     */
    public JsonRpcMessage read(byte[] body) throws MalformedMessageException {
        JsonNode root = StrictMessageJson.parse(body)
                .orElseThrow(() -> new MalformedMessageException(
                        JsonRpcErrors.PARSE_ERROR,
                        "The body is not readable JSON: UTF-8, one value, no member twice in one object."));
        if (root.isArray()) {
            throw invalid("Batches are not accepted; send one message per request.");
        }
        if (!root.isObject() || !"2.0".equals(root.path("jsonrpc").textValue())) {
            throw invalid("The body is not a JSON-RPC 2.0 message.");
        }
        return root.has("method") ? call(root) : response(root);
    }

    private static JsonRpcMessage call(JsonNode root) throws MalformedMessageException {
        if (root.has("result") || root.has("error")) {
            throw invalid("A message with a method has neither result nor error.");
        }
        JsonNode params = root.path("params");
        if (!root.path("method").isTextual() || !(params.isMissingNode() || params.isObject())) {
            throw invalid("A method is a string and its params are an object.");
        }
        String method = root.path("method").textValue();
        if (!root.has("id")) {
            return new JsonRpcMessage.Notification(method);
        }
        return new JsonRpcMessage.Request(id(root), method, params);
    }

    private static JsonRpcMessage response(JsonNode root) throws MalformedMessageException {
        id(root);
        if (root.has("result") == root.has("error")) {
            throw invalid("A message has a method, a result or an error.");
        }
        return new JsonRpcMessage.Response();
    }

    private static JsonNode id(JsonNode root) throws MalformedMessageException {
        JsonNode id = root.path("id");
        if (!id.isTextual() && !id.isIntegralNumber()) {
            throw invalid("An id is a string or an integer.");
        }
        return id;
    }

    private static MalformedMessageException invalid(String problem) {
        return new MalformedMessageException(JsonRpcErrors.INVALID_REQUEST, problem);
    }
}
