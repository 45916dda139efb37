package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.authzen.ToolAnswer;
import io.mcpaccess.guard.authzen.ToolQuestion;
import io.mcpaccess.guard.jsonrpc.JsonRpcAnswers;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.jsonrpc.StrictMessageJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
     * Filters one message of the server, and waits for the decision: at most {@link Limits#callDeadline()}.
     *
     * @param message JSON text
     * @return what the client may see: the message itself where it holds no list of tools; empty when it is not readable
     *     and must be dropped
     */
    public Optional<String> apply(String message) {
        return applyAsync(message).join();
    }

    /**
     * Filters one message of the server without waiting.
     *
     * @param message JSON text
     * @return completes always normally, with what {@link #apply} gives, at once or on a thread of the HTTP client
     */
    public CompletableFuture<Optional<String>> applyAsync(String message) {
        Optional<JsonNode> json = StrictMessageJson.parse(message.getBytes(StandardCharsets.UTF_8))
                .filter(JsonNode::isObject);
        if (json.isEmpty() || !json.get().path("result").has("tools")) {
            return CompletableFuture.completedFuture(json.map(whole -> message));
        }
        ObjectNode answer = (ObjectNode) json.get();
        List<JsonNode> tools = new ArrayList<>();
        answer.path("result").path("tools").forEach(tool -> {
            if (ToolName.isPossible(tool.path("name").asText())) {
                tools.add(tool);
            }
        });
        List<String> names =
                tools.stream().map(tool -> tool.path("name").asText()).toList();
        return questions
                .askAll(subject, names, accessToken)
                .thenApply(answers -> Optional.of(filtered(answer, tools, answers)));
    }

    private String filtered(ObjectNode answer, List<JsonNode> tools, List<ToolAnswer> answers) {
        if (answers.stream().anyMatch(ToolAnswer.Unavailable.class::isInstance)) {
            return JsonRpcAnswers.error(
                    answer.get("id"), JsonRpcErrors.INTERNAL_ERROR, "Access could not be decided. Try again later.");
        }
        ObjectNode result = (ObjectNode) answer.path("result");
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
