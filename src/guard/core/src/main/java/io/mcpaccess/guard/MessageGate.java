package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.GuardDecision.Allowed;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.authzen.ToolAnswer;
import io.mcpaccess.guard.authzen.ToolQuestion;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import io.mcpaccess.guard.jsonrpc.JsonRpcReader;
import io.mcpaccess.guard.jsonrpc.MalformedMessageException;
import io.mcpaccess.guard.oauth.TokenChecker;
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
    private final ToolQuestion questions;
    private final TokenChecker tokens;
    private final HeaderRules headers;
    private final JsonRpcReader reader = new JsonRpcReader();

    MessageGate(Rules rules, Refusals refusals, ToolQuestion questions, TokenChecker tokens) {
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
        return new Allowed(caller, Optional.empty(), session, ServerRequest.message(message.written(), session));
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
        if (!rules.isOpen(call.method(), call.params(), stateless)) {
            return done(refusals.method(call.id(), "method_not_open", stateless));
        }
        return done(
                call.method().equals(Rules.TOOLS_LIST)
                        ? new Allowed(
                                allowed.caller(),
                                Optional.of(toolList(allowed.caller(), accessToken, stateless)),
                                allowed.session(),
                                allowed.forServer())
                        : allowed);
    }

    private GuardDecision oneWay(JsonRpcMessage message, Allowed allowed) {
        boolean closed = message instanceof JsonRpcMessage.Notification note
                && !note.method().startsWith("notifications/");
        return closed ? refusals.notification("method_not_open") : allowed;
    }

    /** For what the server answers to this caller. */
    ToolListFilter toolList(Caller caller, String accessToken, boolean stateless) {
        return new ToolListFilter(questions, caller, accessToken, stateless);
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
        return questions
                .ask(asked(allowed.caller()), name.textValue(), accessToken)
                .thenApply(answer -> decision(answer, call.id(), allowed, accessToken, stateless));
    }

    private GuardDecision decision(
            ToolAnswer answer, JsonNode id, Allowed allowed, String accessToken, boolean stateless) {
        if (answer instanceof ToolAnswer.Permitted) {
            return allowed;
        }
        if (answer instanceof ToolAnswer.TokenRefused refused) {
            tokens.forget(accessToken);
            return refusals.token(refused.reason());
        }
        if (answer instanceof ToolAnswer.ScopesMissing missing) {
            return refusals.scopes(id, missing.requiredScopes(), missing.reason(), hasKey(allowed.caller()));
        }
        if (answer instanceof ToolAnswer.NotPermitted not) {
            return refusals.tool(id, not.reason(), stateless);
        }
        String reason = answer instanceof ToolAnswer.Unavailable down ? down.reason() : "no answer";
        return refusals.unavailable(id, reason);
    }

    private static boolean hasKey(Caller caller) {
        return caller.token()
                .flatMap(token -> token.confirmation().keyThumbprint())
                .isPresent();
    }

    static ToolQuestion.Subject asked(Caller caller) {
        boolean isBound =
                caller.token().filter(token -> token.confirmation().isBound()).isPresent();
        return new ToolQuestion.Subject(caller.kind().type(), caller.subject(), isBound);
    }

    private static CompletableFuture<GuardDecision> done(GuardDecision decision) {
        return CompletableFuture.completedFuture(decision);
    }
}
