package io.mcpaccess.guard.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.http.AmCalls;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.oauth.AmDomain;
import io.mcpaccess.guard.oauth.ClientCredentials;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks AM's AuthZEN endpoint about what a client wants to do (Authorization API 1.0). A question carries the access token,
 * so that AM checks token, scopes and permission in one go. Threads may share it.
 */
public final class AccessQuestions {
    /** What the AuthZEN endpoint takes in one batch. */
    private static final int MOST_ITEMS = 1000;

    /** The type of any subject in a question of COAZ's shape. */
    private static final String IDENTITY = "identity";

    private static final String CONTEXT = "context";

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
    private final AmCalls remote;
    private final DecisionReader decisions = new DecisionReader();

    /**
     * @param domain the AM domain
     * @param credentials the MCP server's own, sent as HTTP Basic
     * @param remote makes the call
     */
    public AccessQuestions(AmDomain domain, ClientCredentials credentials, AmCalls remote) {
        this.evaluation = domain.evaluationEndpoint();
        this.evaluations = domain.evaluationsEndpoint();
        this.credentials = credentials;
        this.remote = remote;
    }

    /**
     * @param subject who calls
     * @param item what it is about
     * @param accessToken the token of the call
     * @return completes always normally; without a usable answer it is {@link AccessAnswer.Unavailable}, never a yes
     */
    public CompletableFuture<AccessAnswer> ask(Subject subject, AccessItem item, String accessToken) {
        ObjectNode question = question(subject, item);
        question.set("resource", item.resource());
        question.set(CONTEXT, withToken(item.context(), subject, accessToken));
        return post(evaluation, question, this::read, AccessAnswer.Unavailable::new);
    }

    /**
     * Asks about several things at once (Authorization API 1.0, section 7).
     *
     * @param subject who calls
     * @param items what it is about, all with one action and one type; their context is not sent
     * @param accessToken the token of the call
     * @return completes always normally, with one answer for each item in their order; all of a batch are {@link
     *     AccessAnswer.Unavailable} where it has no usable answer
     */
    public CompletableFuture<List<AccessAnswer>> askAll(Subject subject, List<AccessItem> items, String accessToken) {
        ObjectNode context = withToken(JsonNodeFactory.instance.objectNode(), subject, accessToken);
        return askAll(subject, items, context, decisions::read);
    }

    /**
     * Asks whether the permission alone would stand in the way, once the token had these scopes: for a list, never for a
     * call.
     *
     * @param subject who calls
     * @param items tools, all with one action; their context is not sent
     * @param scopes what a token is imagined to have
     * @param accessToken the token of the call
     * @return completes always normally, with one answer for each tool in their order
     */
    public CompletableFuture<List<AccessAnswer>> askPermissions(
            Subject subject, List<AccessItem> items, Set<String> scopes, String accessToken) {
        ObjectNode imagined = JsonNodeFactory.instance.objectNode().put("assumed_scope", String.join(" ", scopes));
        return askAll(subject, items, withToken(imagined, subject, accessToken), decisions::readPermission);
    }

    private CompletableFuture<List<AccessAnswer>> askAll(
            Subject subject, List<AccessItem> items, ObjectNode context, Function<JsonNode, AccessAnswer> reader) {
        CompletableFuture<List<AccessAnswer>> all = CompletableFuture.completedFuture(List.of());
        for (int from = 0; from < items.size(); from += MOST_ITEMS) {
            List<AccessItem> part = items.subList(from, Math.min(from + MOST_ITEMS, items.size()));
            ObjectNode question = question(subject, part.get(0));
            question.set(CONTEXT, context);
            ArrayNode batch = question.putArray("evaluations");
            part.forEach(item -> batch.addObject().set("resource", item.resource()));
            all = all.thenCombine(
                    askBatch(question, part.size(), reader),
                    (before, next) ->
                            Stream.concat(before.stream(), next.stream()).toList());
        }
        return all;
    }

    private CompletableFuture<List<AccessAnswer>> askBatch(
            ObjectNode question, int size, Function<JsonNode, AccessAnswer> reader) {
        return post(
                evaluations,
                question,
                answer -> readAll(answer, size, reader),
                reason -> Collections.nCopies(size, new AccessAnswer.Unavailable(reason)));
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

    private static ObjectNode withToken(ObjectNode context, Subject subject, String accessToken) {
        ObjectNode whole = context.deepCopy().put("access_token", accessToken);
        return subject.isProved() ? whole.put("access_token_proof_checked", true) : whole;
    }

    private static ObjectNode question(Subject subject, AccessItem item) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.putObject("subject")
                .put("type", item.isTool() ? subject.type() : IDENTITY)
                .put("id", subject.id());
        question.putObject("action").put("name", item.action());
        return question;
    }

    /** As many answers as questions, or none counts: an answer must not slip to another item. */
    private List<AccessAnswer> readAll(RemoteCall.Answer answer, int size, Function<JsonNode, AccessAnswer> reader) {
        JsonNode items = answer.status() == 200
                ? answer.jsonObject().map(body -> body.path("evaluations")).orElse(MissingNode.getInstance())
                : MissingNode.getInstance();
        if (!items.isArray() || items.size() != size) {
            String reason = "the AuthZEN batch answered " + answer.status() + " without an answer for each question";
            return Collections.nCopies(size, new AccessAnswer.Unavailable(reason));
        }
        List<AccessAnswer> answers = new ArrayList<>();
        items.forEach(item -> answers.add(reader.apply(item)));
        return answers;
    }

    private AccessAnswer read(RemoteCall.Answer answer) {
        Optional<JsonNode> body = answer.jsonObject();
        return switch (answer.status()) {
            case 200 ->
                body.map(decisions::read)
                        .orElseGet(() -> new AccessAnswer.Unavailable("the AuthZEN answer is no JSON object"));
            case 401 ->
                new AccessAnswer.Unavailable("AM refuses the MCP server's own client id or secret (AuthZEN: 401)");
            default ->
                new AccessAnswer.Unavailable("AuthZEN answered " + answer.status() + ", "
                        + body.map(json -> DecisionReader.reason(json.path(CONTEXT)))
                                .orElse("no reason"));
        };
    }
}
