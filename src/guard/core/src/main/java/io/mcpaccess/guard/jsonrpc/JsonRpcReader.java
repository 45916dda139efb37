package io.mcpaccess.guard.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the body of an MCP POST. Anything that two readers could understand differently is refused. */
public final class JsonRpcReader {
    private static final Set<String> MESSAGE = Set.of("jsonrpc", "id", "method", "params", "result", "error");

    /** Of the params, what a decision is made of, or what a server finds its tool, prompt or resource by. */
    private static final Set<String> PARAMS =
            Set.of("name", "uri", "arguments", "_meta", "notifications", "ref", "taskId");

    private static final Set<String> META = Set.of("io.modelcontextprotocol/protocolVersion");
    private static final Set<String> REF = Set.of("type", "name", "uri");
    private static final Set<String> NOTIFICATIONS = Set.of("resourceSubscriptions");
    private static final Pattern METHOD = Pattern.compile("[\\x20-\\x7E]{1,256}");

    /**
     * @param body the bytes of the request
     * @return the message
     * @throws MalformedMessageException when the bytes are not exactly one JSON-RPC 2.0 message: -32700 for unreadable
     *     JSON (duplicate members included), -32600 for a batch (removed from MCP in 2025-06-18), a wrong shape, or a
     *     member that a lenient reader could take for another
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
        requireClear(root, MESSAGE);
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
        if (!METHOD.matcher(method).matches()) {
            throw invalid("A method has 1 to 256 printable ASCII characters.");
        }
        requireClear(params, PARAMS);
        requireClear(params.path("_meta"), META);
        requireClear(params.path("ref"), REF);
        requireClear(params.path("notifications"), NOTIFICATIONS);
        return root.has("id")
                ? new JsonRpcMessage.Request(id(root), method, params)
                : new JsonRpcMessage.Notification(method, params);
    }

    private static JsonRpcMessage response(JsonNode root) throws MalformedMessageException {
        JsonNode id = id(root);
        if (root.has("result") == root.has("error") || root.has("params")) {
            throw invalid("A message has a method, a result or an error.");
        }
        String member = root.has("result") ? "result" : "error";
        return new JsonRpcMessage.Response(id, member, root.path(member));
    }

    private static JsonNode id(JsonNode root) throws MalformedMessageException {
        JsonNode id = root.path("id");
        if (!id.isTextual() && !id.isIntegralNumber()) {
            throw invalid("An id is a string or an integer.");
        }
        return id;
    }

    private static void requireClear(JsonNode object, Set<String> reserved) throws MalformedMessageException {
        if (MemberNames.hasLookalike(object, reserved)) {
            throw invalid(
                    "A member has a name that some readers take for another: write each as the specification does.");
        }
    }

    private static MalformedMessageException invalid(String problem) {
        return new MalformedMessageException(JsonRpcErrors.INVALID_REQUEST, problem);
    }
}
