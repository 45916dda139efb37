package io.mcpaccess.guard.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.oauth.AmDomain;
import io.mcpaccess.guard.oauth.ClientCredentials;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks AM's AuthZEN endpoint about tool calls (Authorization API 1.0). The question carries the access token, so that AM
 * checks token, scopes and permission in one go. Threads may share it.
 */
public final class ToolQuestion {
    /** What the AuthZEN endpoint takes in one batch. */
    private static final int MOST_ITEMS = 1000;

    /**
     * Who a question is about.
     *
     * @param type {@code user}, {@code application} or {@code agent}
     * @param id the id
     * @param isProved whether the token is bound, and the proof was checked that it is the caller's own: AM sees the token
     *     alone
     */
    public record Subject(String type, String id, boolean isProved) {}

    private final URI evaluation;
    private final URI evaluations;
    private final ClientCredentials credentials;
    private final String action;
    private final RemoteCall remote;
    private final DecisionReader decisions = new DecisionReader();

    /**
     * @param domain the AM domain
     * @param credentials the MCP server's own, sent as HTTP Basic
     * @param action the name of the AuthZEN action
     * @param remote makes the call
     */
    public ToolQuestion(AmDomain domain, ClientCredentials credentials, String action, RemoteCall remote) {
        this.evaluation = domain.evaluationEndpoint();
        this.evaluations = domain.evaluationsEndpoint();
        this.credentials = credentials;
        this.action = action;
        this.remote = remote;
    }

    /**
     * @param subject who calls
     * @param tool the name of the tool
     * @param accessToken the token of the call
     * @return completes always normally; without a usable answer it is {@link ToolAnswer.Unavailable}, never a yes
     */
    public CompletableFuture<ToolAnswer> ask(Subject subject, String tool, String accessToken) {
        ObjectNode question = question(subject);
        putToken(question, subject, accessToken);
        question.set("resource", tool(tool));
        return post(evaluation, question, this::read, ToolAnswer.Unavailable::new);
    }

    /**
     * Asks about several tools at once (Authorization API 1.0, section 7).
     *
     * @param subject who calls
     * @param tools the names of the tools
     * @param accessToken the token of the call
     * @return completes always normally, with one answer for each tool in their order; all of a batch are {@link
     *     ToolAnswer.Unavailable} where it has no usable answer
     */
    public CompletableFuture<List<ToolAnswer>> askAll(Subject subject, List<String> tools, String accessToken) {
        return inBatches(tools, part -> {
            ObjectNode question = question(subject);
            putToken(question, subject, accessToken);
            ArrayNode items = question.putArray("evaluations");
            part.forEach(tool -> items.addObject().set("resource", tool(tool)));
            return askBatch(question, part.size(), decisions::read);
        });
    }

    /**
     * Asks whether the permission alone would stand in the way, once the token had the scopes: for a list, never for a
     * call. It names the scopes that the tools need, as an MCP server may.
     *
     * @param subject who calls
     * @param scopesByTool the scopes that each tool needs, by its name
     * @return completes always normally, with one answer for each tool in the map's order
     */
    public CompletableFuture<List<ToolAnswer>> askPermissions(Subject subject, Map<String, List<String>> scopesByTool) {
        return inBatches(List.copyOf(scopesByTool.keySet()), part -> {
            ObjectNode question = question(subject);
            ArrayNode items = question.putArray("evaluations");
            part.forEach(tool -> {
                ObjectNode item = items.addObject();
                item.set("resource", tool(tool));
                item.putObject("context").put("scope", String.join(" ", scopesByTool.get(tool)));
            });
            return askBatch(question, part.size(), decisions::readPermission);
        });
    }

    private CompletableFuture<List<ToolAnswer>> inBatches(
            List<String> tools, Function<List<String>, CompletableFuture<List<ToolAnswer>>> ask) {
        CompletableFuture<List<ToolAnswer>> all = CompletableFuture.completedFuture(List.of());
        for (int from = 0; from < tools.size(); from += MOST_ITEMS) {
            List<String> part = tools.subList(from, Math.min(from + MOST_ITEMS, tools.size()));
            all = all.thenCombine(
                    ask.apply(part),
                    (before, next) ->
                            Stream.concat(before.stream(), next.stream()).toList());
        }
        return all;
    }

    private CompletableFuture<List<ToolAnswer>> askBatch(
            ObjectNode question, int size, Function<JsonNode, ToolAnswer> reader) {
        return post(
                evaluations,
                question,
                answer -> readAll(answer, size, reader),
                reason -> Collections.nCopies(size, new ToolAnswer.Unavailable(reason)));
    }

    private <T> CompletableFuture<T> post(
            URI endpoint, ObjectNode question, Function<RemoteCall.Answer, T> read, Function<String, T> unavailable) {
        Map<String, String> headers =
                Map.of("Authorization", credentials.basicHeader(), "Content-Type", "application/json");
        return remote.post(endpoint, headers, question.toString())
                .handle((answer, failure) -> failure == null
                        ? read.apply(answer)
                        : unavailable.apply("the AuthZEN question failed: " + RemoteCall.reason(failure)));
    }

    private static void putToken(ObjectNode question, Subject subject, String accessToken) {
        ObjectNode context = question.putObject("context").put("access_token", accessToken);
        if (subject.isProved()) {
            context.put("access_token_proof_checked", true);
        }
    }

    private ObjectNode question(Subject subject) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.putObject("subject").put("type", subject.type()).put("id", subject.id());
        question.putObject("action").put("name", action);
        return question;
    }

    private static ObjectNode tool(String name) {
        return JsonNodeFactory.instance.objectNode().put("type", "tool").put("id", name);
    }

    /** As many answers as questions, or none counts: an answer must not slip to another tool. */
    private List<ToolAnswer> readAll(RemoteCall.Answer answer, int size, Function<JsonNode, ToolAnswer> reader) {
        JsonNode items = answer.status() == 200
                ? answer.jsonObject().map(body -> body.path("evaluations")).orElse(MissingNode.getInstance())
                : MissingNode.getInstance();
        if (!items.isArray() || items.size() != size) {
            String reason = "the AuthZEN batch answered " + answer.status() + " without an answer for each question";
            return Collections.nCopies(size, new ToolAnswer.Unavailable(reason));
        }
        List<ToolAnswer> answers = new ArrayList<>();
        items.forEach(item -> answers.add(reader.apply(item)));
        return answers;
    }

    private ToolAnswer read(RemoteCall.Answer answer) {
        Optional<JsonNode> body = answer.jsonObject();
        return switch (answer.status()) {
            case 200 ->
                body.map(decisions::read)
                        .orElseGet(() -> new ToolAnswer.Unavailable("the AuthZEN answer is no JSON object"));
            case 401 ->
                new ToolAnswer.Unavailable("AM refuses the MCP server's own client id or secret (AuthZEN: 401)");
            default ->
                new ToolAnswer.Unavailable("AuthZEN answered " + answer.status() + ", "
                        + body.map(json -> DecisionReader.reason(json.path("context")))
                                .orElse("no reason"));
        };
    }
}
