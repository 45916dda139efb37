package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.authzen.ToolAnswer;
import io.mcpaccess.guard.authzen.ToolQuestion;
import io.mcpaccess.guard.jsonrpc.JsonRpcAnswers;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.jsonrpc.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the tools out of a {@code tools/list} answer that the caller may not call, with one AuthZEN batch for a page. A
 * tool stays that only lacks scopes: a client must know it to ask for them. Where no decision can be had, the answer
 * becomes an error; a list for one user is never marked as public.
 *
 * <p>Made for one request; threads may share it.
 */
public final class ToolListFilter {
    private final ToolQuestion questions;
    private final String subject;
    private final String accessToken;
    private final boolean stateless;

    ToolListFilter(ToolQuestion questions, String subject, String accessToken, boolean stateless) {
        this.questions = questions;
        this.subject = subject;
        this.accessToken = accessToken;
        this.stateless = stateless;
    }

    /**
     * Filters one message of the server. Waits for the decision, at most {@link Limits#callDeadline()} for a thousand
     * tools.
     *
     * @param message JSON text
     * @return what the client may see: the message itself where it holds no list of tools; empty when it is not readable
     *     and must be dropped
     */
    public Optional<String> apply(String message) {
        Optional<JsonNode> json =
                StrictJson.parse(message.getBytes(StandardCharsets.UTF_8)).filter(JsonNode::isObject);
        if (json.isEmpty() || !json.get().path("result").has("tools")) {
            return json.map(whole -> message);
        }
        ObjectNode answer = (ObjectNode) json.get();
        return Optional.of(filtered(answer, (ObjectNode) answer.path("result")));
    }

    private String filtered(ObjectNode answer, ObjectNode result) {
        List<JsonNode> tools = new ArrayList<>();
        result.path("tools").forEach(tool -> {
            if (ToolName.isPossible(tool.path("name").asText())) {
                tools.add(tool);
            }
        });
        List<String> names =
                tools.stream().map(tool -> tool.path("name").asText()).toList();
        List<ToolAnswer> answers = questions.askAll(subject, names, accessToken).join();
        if (answers.stream().anyMatch(ToolAnswer.Unavailable.class::isInstance)) {
            return JsonRpcAnswers.error(
                    answer.get("id"), JsonRpcErrors.INTERNAL_ERROR, "Access could not be decided. Try again later.");
        }
        ArrayNode kept = result.putArray("tools");
        for (int index = 0; index < tools.size(); index++) {
            if (isListed(answers.get(index))) {
                kept.add(tools.get(index));
            }
        }
        if (stateless || result.has("cacheScope")) {
            result.put("cacheScope", "private");
        }
        return answer.toString();
    }

    private static boolean isListed(ToolAnswer answer) {
        return answer instanceof ToolAnswer.Permitted || answer instanceof ToolAnswer.ScopesMissing;
    }
}
