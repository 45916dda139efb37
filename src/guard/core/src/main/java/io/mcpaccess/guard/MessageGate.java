package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.GuardDecision.Allowed;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.authzen.AccessAnswer;
import io.mcpaccess.guard.authzen.AccessItem;
import io.mcpaccess.guard.authzen.AccessQuestions;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import io.mcpaccess.guard.jsonrpc.JsonRpcReader;
import io.mcpaccess.guard.jsonrpc.MalformedMessageException;
import io.mcpaccess.guard.oauth.TokenChecker;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Decides about the message in a request whose caller is known. */
final class MessageGate {
    /** What the MCP server's own credentials open: reading the tool list for registration, and the handshake before. */
    private static final Set<String> REGISTRATION = Set.of("initialize", "notifications/initialized", Rules.TOOLS_LIST);

    private final Rules rules;
    private final Refusals refusals;
    private final AccessQuestions questions;
    private final TokenChecker tokens;
    private final HeaderRules headers;
    private final JsonRpcReader reader = new JsonRpcReader();

    MessageGate(Rules rules, Refusals refusals, AccessQuestions questions, TokenChecker tokens) {
        this.rules = rules;
        this.refusals = refusals;
        this.questions = questions;
        this.tokens = tokens;
        this.headers = new HeaderRules(refusals);
    }

    /** A message by which the MCP server's own credentials came. */
    GuardDecision forRegistration(GuardRequest request, Caller caller, McpSession session) {
        boolean stateless = request.headers().isStateless();
        return read(
                request,
                message -> {
                    Allowed allowed = allowed(message, caller, session);
                    if (message instanceof JsonRpcMessage.Request call) {
                        return REGISTRATION.contains(call.method())
                                ? allowed
                                : refusals.method(call.id(), "not_for_own_credentials", stateless);
                    }
                    return message instanceof JsonRpcMessage.Notification note && REGISTRATION.contains(note.method())
                            ? allowed
                            : refusals.notification("not_for_own_credentials");
                },
                refused -> refused);
    }

    /** A message that a token of this server came with. */
    CompletableFuture<GuardDecision> forToken(
            GuardRequest request, Caller caller, String accessToken, McpSession session) {
        boolean stateless = request.headers().isStateless();
        return read(
                request,
                message -> message instanceof JsonRpcMessage.Request call
                        ? call(call, allowed(message, caller, session), accessToken, stateless)
                        : done(oneWay(message, allowed(message, caller, session))),
                MessageGate::done);
    }

    /** The server gets the message as it was understood, whatever the client's bytes were. */
    private static Allowed allowed(JsonRpcMessage message, Caller caller, McpSession session) {
        return new Allowed(caller, Optional.empty(), session, ServerRequest.message(message, session));
    }

    private <T> T read(GuardRequest request, Function<JsonRpcMessage, T> decide, Function<Refused, T> refuse) {
        JsonRpcMessage message;
        try {
            message = reader.read(request.body());
        } catch (MalformedMessageException malformed) {
            return refuse.apply(refusals.malformed(null, malformed.code(), malformed.getMessage()));
        }
        Optional<Refused> violation = headers.violation(request.headers(), message);
        return violation.isPresent() ? refuse.apply(violation.get()) : decide.apply(message);
    }

    private CompletableFuture<GuardDecision> call(
            JsonRpcMessage.Request call, Allowed allowed, String accessToken, boolean stateless) {
        if (call.method().equals(Rules.TOOLS_CALL)) {
            return toolCall(call, allowed, accessToken, stateless);
        }
        return switch (rules.opening(call.method(), call.params(), stateless)) {
            case CLOSED -> done(refusals.method(call.id(), "method_not_open", stateless));
            case OPEN -> done(listing(call, allowed, accessToken, stateless));
            case ASKED ->
                MethodQuestions.of(call.method(), call.params())
                        .map(item -> asking(call, List.of(item), allowed, accessToken, stateless))
                        .orElseGet(() -> done(unnamed(call)));
            case ASKED_FOR_EACH ->
                MethodQuestions.subscriptions(
                                call.params().path("notifications").path("resourceSubscriptions"))
                        .map(items -> asking(call, items, allowed, accessToken, stateless))
                        .orElseGet(() -> done(unnamed(call)));
        };
    }

    private Refused unnamed(JsonRpcMessage.Request call) {
        return refusals.malformed(
                call.id(), JsonRpcErrors.INVALID_PARAMS, "The params do not name what the request is about.");
    }

    private Allowed listing(JsonRpcMessage.Request call, Allowed allowed, String accessToken, boolean stateless) {
        return ListedKind.of(call.method())
                .map(kind -> new Allowed(
                        allowed.caller(),
                        Optional.of(list(allowed.caller(), accessToken, stateless)),
                        allowed.session(),
                        allowed.forServer()))
                .orElse(allowed);
    }

    /** About several things one no is enough. */
    private CompletableFuture<GuardDecision> asking(
            JsonRpcMessage.Request call,
            List<AccessItem> items,
            Allowed allowed,
            String accessToken,
            boolean stateless) {
        AccessQuestions.Subject subject = asked(allowed.caller());
        CompletableFuture<List<AccessAnswer>> answers = items.size() == 1
                ? questions.ask(subject, items.get(0), accessToken).thenApply(List::of)
                : questions.askAll(subject, items, accessToken);
        Function<String, Refused> refusal = reason -> refusals.item(call.id(), reason);
        return answers.thenApply(all -> all.stream()
                .filter(answer -> !(answer instanceof AccessAnswer.Permitted))
                .findFirst()
                .map(answer -> decision(answer, call.id(), allowed, accessToken, refusal))
                .orElse(allowed));
    }

    private GuardDecision oneWay(JsonRpcMessage message, Allowed allowed) {
        boolean closed = message instanceof JsonRpcMessage.Notification note
                && !note.method().startsWith("notifications/");
        return closed ? refusals.notification("method_not_open") : allowed;
    }

    /** For what the server answers to this caller. */
    ListFilter list(Caller caller, String accessToken, boolean stateless) {
        return new ListFilter(rules, questions, caller, accessToken, stateless);
    }

    private CompletableFuture<GuardDecision> toolCall(
            JsonRpcMessage.Request call, Allowed allowed, String accessToken, boolean stateless) {
        JsonNode name = call.params().path("name");
        if (!name.isTextual()) {
            return done(refusals.malformed(
                    call.id(), JsonRpcErrors.INVALID_PARAMS, "A tools/call names its tool in params.name."));
        }
        if (!ToolName.isPossible(name.textValue())) {
            return done(refusals.tool(call.id(), "invalid_tool_name", stateless));
        }
        Optional<ObjectNode> arguments =
                rules.arguments().context(name.textValue(), call.params().path("arguments"));
        if (arguments.isEmpty()) {
            return done(
                    refusals.malformed(
                            call.id(),
                            JsonRpcErrors.INVALID_PARAMS,
                            "An argument has a name that some readers take for another: write each as the tool's schema does."));
        }
        AccessItem item = AccessItem.toolCall(rules.action(), name.textValue(), arguments.get());
        Function<String, Refused> refusal = reason -> refusals.tool(call.id(), reason, stateless);
        return questions
                .ask(asked(allowed.caller()), item, accessToken)
                .thenApply(answer -> decision(answer, call.id(), allowed, accessToken, refusal));
    }

    private GuardDecision decision(
            AccessAnswer answer, JsonNode id, Allowed allowed, String accessToken, Function<String, Refused> refusal) {
        if (answer instanceof AccessAnswer.Permitted) {
            return allowed;
        }
        if (answer instanceof AccessAnswer.TokenRefused refused) {
            tokens.forget(accessToken);
            return refusals.token(refused.reason());
        }
        if (answer instanceof AccessAnswer.ScopesMissing missing) {
            return refusals.scopes(id, missing.requiredScopes(), missing.reason(), hasKey(allowed.caller()));
        }
        if (answer instanceof AccessAnswer.NotPermitted not) {
            return refusal.apply(not.reason());
        }
        String reason = answer instanceof AccessAnswer.Unavailable down ? down.reason() : "no answer";
        return refusals.unavailable(id, reason);
    }

    private static boolean hasKey(Caller caller) {
        return caller.token()
                .flatMap(token -> token.confirmation().keyThumbprint())
                .isPresent();
    }

    static AccessQuestions.Subject asked(Caller caller) {
        boolean isBound =
                caller.token().filter(token -> token.confirmation().isBound()).isPresent();
        return new AccessQuestions.Subject(caller.kind().type(), caller.subject(), isBound);
    }

    private static CompletableFuture<GuardDecision> done(GuardDecision decision) {
        return CompletableFuture.completedFuture(decision);
    }
}
