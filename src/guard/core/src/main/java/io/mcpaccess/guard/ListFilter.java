package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.authzen.AccessAnswer;
import io.mcpaccess.guard.authzen.AccessItem;
import io.mcpaccess.guard.authzen.AccessQuestions;
import io.mcpaccess.guard.jsonrpc.JsonRpcAnswers;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.jsonrpc.MemberNames;
import io.mcpaccess.guard.jsonrpc.StrictMessageJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Takes out of a list what the caller may not use: tools always, and what else {@link Rules#decidedMethods()} asks about.
 * One AuthZEN batch for a page, and one more for tools whose scopes are lacking. A tool stays that lacks scopes alone: a
 * client must know it to ask for them; so does one whose permission depends on arguments, which a list does not have. One
 * whose permission is lacking goes, whatever scopes are held. Where no decision can be had, the answer becomes an error; a
 * list for one user is never marked as public.
 *
 * <p>Made for one request; threads may share it.
 */
public final class ListFilter {
    private static final String RESULT = "result";
    private static final String CONDITION = "condition_missing";

    private final Rules rules;
    private final AccessQuestions questions;
    private final AccessQuestions.Subject subject;
    private final String accessToken;
    private final boolean stateless;
    private final List<ListedKind> kinds;

    ListFilter(Rules rules, AccessQuestions questions, Caller caller, String accessToken, boolean stateless) {
        this.rules = rules;
        this.questions = questions;
        this.subject = MessageGate.asked(caller);
        this.accessToken = accessToken;
        this.stateless = stateless;
        this.kinds = ListedKind.decidedBy(rules);
    }

    /**
     * Filters one message of the server, and waits for the decision: at most twice {@link Limits#callDeadline()}.
     *
     * @param message JSON text
     * @return what the client may see: the message itself where it holds no list; empty when it is not readable and must be
     *     dropped
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
                .filter(this::isClear);
        List<ListedKind> listed = json.map(whole -> kinds.stream()
                        .filter(kind -> whole.path(RESULT).has(kind.member()))
                        .toList())
                .orElse(List.of());
        if (listed.isEmpty()) {
            return CompletableFuture.completedFuture(json.map(whole -> message));
        }
        ObjectNode answer = (ObjectNode) json.get();
        CompletableFuture<Boolean> filtered = CompletableFuture.completedFuture(true);
        for (ListedKind kind : listed) {
            filtered = filtered.thenCompose(
                    decided -> decided ? filter(kind, answer) : CompletableFuture.completedFuture(false));
        }
        return filtered.thenApply(decided -> Optional.of(decided ? written(answer) : undecided(answer)));
    }

    /** A client that reads {@code Tools} must not find more there than in {@code tools}. */
    private boolean isClear(JsonNode message) {
        JsonNode result = message.path(RESULT);
        Set<String> lists = kinds.stream().map(ListedKind::member).collect(Collectors.toSet());
        return message.isObject()
                && !MemberNames.hasLookalike(message, Set.of(RESULT))
                && !MemberNames.hasLookalike(result, lists)
                && kinds.stream().allMatch(kind -> areClear(result.path(kind.member()), Set.of(kind.key())));
    }

    private static boolean areClear(JsonNode items, Set<String> key) {
        for (JsonNode item : items) {
            if (MemberNames.hasLookalike(item, key)) {
                return false;
            }
        }
        return true;
    }

    /** Completes with whether every item was decided about. */
    private CompletableFuture<Boolean> filter(ListedKind kind, ObjectNode answer) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        answer.path(RESULT)
                .path(kind.member())
                .forEach(item -> kind.idOf(item).ifPresent(id -> items.putIfAbsent(id, item)));
        List<AccessItem> asked =
                items.keySet().stream().map(id -> kind.question(id, rules)).toList();
        return questions
                .askAll(subject, asked, accessToken)
                .thenCompose(answers -> withPermissions(asked, answers))
                .thenApply(answers -> {
                    ArrayNode kept = ((ObjectNode) answer.path(RESULT)).putArray(kind.member());
                    asked.stream()
                            .filter(item -> isShown(kind, item, answers.get(item)))
                            .forEach(item -> kept.add(items.get(item.id())));
                    return answers.values().stream().noneMatch(AccessAnswer.Unavailable.class::isInstance);
                });
    }

    /** What is known by item, with the permission in place of the scopes where these are lacking. */
    private CompletableFuture<Map<AccessItem, AccessAnswer>> withPermissions(
            List<AccessItem> items, List<AccessAnswer> answers) {
        Map<AccessItem, AccessAnswer> byItem = new LinkedHashMap<>();
        List<AccessItem> lacking = new ArrayList<>();
        Set<String> scopes = new HashSet<>();
        for (int index = 0; index < items.size(); index++) {
            byItem.put(items.get(index), answers.get(index));
            if (answers.get(index) instanceof AccessAnswer.ScopesMissing missing) {
                lacking.add(items.get(index));
                scopes.addAll(missing.requiredScopes());
            }
        }
        return questions.askPermissions(subject, lacking, scopes, accessToken).thenApply(permissions -> {
            for (int index = 0; index < lacking.size(); index++) {
                byItem.put(lacking.get(index), permissions.get(index));
            }
            return byItem;
        });
    }

    private boolean isShown(ListedKind kind, AccessItem item, AccessAnswer answer) {
        boolean depends = kind == ListedKind.TOOLS
                && answer instanceof AccessAnswer.NotPermitted not
                && not.reason().equals(CONDITION)
                && rules.arguments().isKnown(item.id());
        return answer instanceof AccessAnswer.Permitted || depends;
    }

    private String written(ObjectNode answer) {
        ObjectNode result = (ObjectNode) answer.path(RESULT);
        if (stateless || result.has("cacheScope")) {
            result.put("cacheScope", "private");
        }
        return answer.toString();
    }

    private static String undecided(ObjectNode answer) {
        return JsonRpcAnswers.error(
                answer.get("id"), JsonRpcErrors.INTERNAL_ERROR, "Access could not be decided. Try again later.");
    }
}
