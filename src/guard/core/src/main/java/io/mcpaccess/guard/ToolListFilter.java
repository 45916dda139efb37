package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.authzen.ToolAnswer;
import io.mcpaccess.guard.authzen.ToolQuestion;
import io.mcpaccess.guard.jsonrpc.JsonRpcAnswers;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.jsonrpc.MemberNames;
import io.mcpaccess.guard.jsonrpc.StrictMessageJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Takes the tools out of a {@code tools/list} answer that the caller may not call, with one AuthZEN batch for a page, and
 * one more for the tools whose scopes are lacking. A tool stays that lacks scopes alone: a client must know it to ask for
 * them. One whose permission is lacking goes, whatever scopes are held. Where no decision can be had, the answer becomes an
 * error; a list for one user is never marked as public.
 *
 * <p>Made for one request; threads may share it.
 */
public final class ToolListFilter {
    private final ToolQuestion questions;
    private final ToolQuestion.Subject subject;
    private final String accessToken;
    private final boolean stateless;

    ToolListFilter(ToolQuestion questions, Caller caller, String accessToken, boolean stateless) {
        this.questions = questions;
        this.subject = MessageGate.asked(caller);
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
                .filter(ToolListFilter::isClear);
        if (json.isEmpty() || !json.get().path("result").has("tools")) {
            return CompletableFuture.completedFuture(json.map(whole -> message));
        }
        ObjectNode answer = (ObjectNode) json.get();
        Map<String, JsonNode> tools = new LinkedHashMap<>();
        answer.path("result").path("tools").forEach(tool -> {
            String name = tool.path("name").asText();
            if (ToolName.isPossible(name)) {
                tools.putIfAbsent(name, tool);
            }
        });
        List<String> names = List.copyOf(tools.keySet());
        return questions
                .askAll(subject, names, accessToken)
                .thenCompose(answers -> withPermissions(names, answers))
                .thenApply(answers -> Optional.of(filtered(answer, tools, answers)));
    }

    /** A client that reads {@code Tools} must not find more there than in {@code tools}. */
    private static boolean isClear(JsonNode message) {
        JsonNode result = message.path("result");
        return message.isObject()
                && !MemberNames.hasLookalike(message, Set.of("result"))
                && !MemberNames.hasLookalike(result, Set.of("tools"))
                && toolsAreClear(result.path("tools"));
    }

    private static boolean toolsAreClear(JsonNode tools) {
        for (JsonNode tool : tools) {
            if (MemberNames.hasLookalike(tool, Set.of("name"))) {
                return false;
            }
        }
        return true;
    }

    /** What is known by name, with the permission in place of the scopes where these are lacking. */
    private CompletableFuture<Map<String, ToolAnswer>> withPermissions(List<String> names, List<ToolAnswer> answers) {
        Map<String, ToolAnswer> byName = new HashMap<>();
        Map<String, List<String>> lacking = new LinkedHashMap<>();
        for (int index = 0; index < names.size(); index++) {
            byName.put(names.get(index), answers.get(index));
            if (answers.get(index) instanceof ToolAnswer.ScopesMissing missing) {
                lacking.put(names.get(index), missing.requiredScopes());
            }
        }
        return questions.askPermissions(subject, lacking).thenApply(permissions -> {
            Iterator<ToolAnswer> next = permissions.iterator();
            lacking.keySet().forEach(name -> byName.put(name, next.next()));
            return byName;
        });
    }

    private String filtered(ObjectNode answer, Map<String, JsonNode> tools, Map<String, ToolAnswer> answers) {
        if (answers.values().stream().anyMatch(ToolAnswer.Unavailable.class::isInstance)) {
            return JsonRpcAnswers.error(
                    answer.get("id"), JsonRpcErrors.INTERNAL_ERROR, "Access could not be decided. Try again later.");
        }
        ObjectNode result = (ObjectNode) answer.path("result");
        ArrayNode kept = result.putArray("tools");
        tools.forEach((name, tool) -> {
            if (answers.get(name) instanceof ToolAnswer.Permitted) {
                kept.add(tool);
            }
        });
        if (stateless || result.has("cacheScope")) {
            result.put("cacheScope", "private");
        }
        return answer.toString();
    }
}
