package io.mcpaccess.guard.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The JSON-RPC bodies that the guard answers with. */
public final class JsonRpcAnswers {
    private JsonRpcAnswers() {}

    /**
     * @param id of the request; null when it is not known
     * @param code the error code
     * @param message for the client's developer
     * @return a JSON-RPC error
     */
    public static String error(JsonNode id, int code, String message) {
        ObjectNode answer = answer(id);
        answer.putObject("error").put("code", code).put("message", message);
        return answer.toString();
    }

    /**
     * A refusal as a tool result, which a model reads and does not retry (MCP, tools, error handling).
     *
     * @param id of the request
     * @param text what the model reads
     * @param typed whether the result says that it is complete, as MCP demands since 2026-07-28
     * @param structured whether it holds the denial of SEP-2643
     * @return a tool result with {@code isError}
     */
    public static String toolError(JsonNode id, String text, boolean typed, boolean structured) {
        ObjectNode answer = answer(id);
        ObjectNode result = answer.putObject("result");
        if (typed) {
            result.put("resultType", "complete");
        }
        result.putArray("content").addObject().put("type", "text").put("text", text);
        result.put("isError", true);
        if (structured) {
            putDenial(result);
        }
        return answer.toString();
    }

    /**
     * A refusal with the denial of SEP-2643, for requests that have no tool result.
     *
     * @param id of the request
     * @param code the error code
     * @param message for the client's developer
     * @return a JSON-RPC error whose data has the denial
     */
    public static String denial(JsonNode id, int code, String message) {
        ObjectNode answer = answer(id);
        ObjectNode error = answer.putObject("error").put("code", code).put("message", message);
        putDenial(error.putObject("data"));
        return answer.toString();
    }

    /** MCP proposal SEP-2643 (draft of August 2026): clients must not try again unchanged. */
    private static void putDenial(ObjectNode holder) {
        holder.putObject("_meta")
                .putObject("io.modelcontextprotocol/authorization")
                .put("reason", "insufficient_authorization")
                .put("remediation", "undisclosed");
    }

    /**
     * MCP 2026-07-28, protocol version negotiation. What was asked for is not repeated.
     *
     * @param id of the request; null when it is not known
     * @param supported the versions that may be asked for
     * @return a JSON-RPC error
     */
    public static String unsupportedVersion(JsonNode id, List<String> supported) {
        ObjectNode answer = answer(id);
        ObjectNode error = answer.putObject("error");
        error.put("code", JsonRpcErrors.UNSUPPORTED_PROTOCOL_VERSION).put("message", "Unsupported protocol version");
        supported.forEach(error.putObject("data").putArray("supported")::add);
        return answer.toString();
    }

    private static ObjectNode answer(JsonNode id) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        answer.set("id", id == null ? NullNode.getInstance() : id);
        return answer;
    }
}
