package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.GuardDecision.Allowed;
import io.mcpaccess.guard.authzen.ToolAnswer;
import io.mcpaccess.guard.authzen.ToolQuestion;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import io.mcpaccess.guard.jsonrpc.JsonRpcReader;
import io.mcpaccess.guard.jsonrpc.MalformedMessageException;
import io.mcpaccess.guard.oauth.ActiveToken;
import io.mcpaccess.guard.oauth.TokenChecker;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Decides about the message in a request whose caller is known. */
final class MessageGate {
    /** What the MCP server's own credentials open: reading the tool list for registration, and the handshake before. */
    private static final Set<String> REGISTRATION = Set.of("initialize", "notifications/initialized", Rules.TOOLS_LIST);

    private final Rules rules;
    private final Refusals refusals;
    private final ToolQuestion questions;
    private final TokenChecker tokens;
    private final JsonRpcReader reader = new JsonRpcReader();

    MessageGate(Rules rules, Refusals refusals, ToolQuestion questions, TokenChecker tokens) {
        this.rules = rules;
        this.refusals = refusals;
        this.questions = questions;
        this.tokens = tokens;
    }

    /** A message by which the MCP server's own credentials came. */
    GuardDecision forRegistration(GuardRequest request, Caller caller) {
        try {
            JsonRpcMessage message = reader.read(request.body());
            Optional<GuardDecision> mismatch = headerMismatch(request, message);
            if (mismatch.isPresent()) {
                return mismatch.get();
            }
            if (message instanceof JsonRpcMessage.Request call) {
                return REGISTRATION.contains(call.method())
                        ? new Allowed(caller)
                        : refusals.method(call.id(), "not_for_own_credentials");
            }
            return message instanceof JsonRpcMessage.Notification note && REGISTRATION.contains(note.method())
                    ? new Allowed(caller)
                    : refusals.notification("not_for_own_credentials");
        } catch (MalformedMessageException malformed) {
            return refusals.malformed(null, malformed.code(), malformed.getMessage());
        }
    }

    /** A message that a token of this server came with. */
    CompletableFuture<GuardDecision> forToken(GuardRequest request, String accessToken, ActiveToken token) {
        Optional<String> subject = rules.subject().subjectOf(token);
        if (subject.isEmpty()) {
            return done(refusals.token("token_without_subject"));
        }
        Caller caller = new Caller(subject.get(), Optional.of(token));
        try {
            JsonRpcMessage message = reader.read(request.body());
            Optional<GuardDecision> mismatch = headerMismatch(request, message);
            if (mismatch.isPresent()) {
                return done(mismatch.get());
            }
            return decide(message, caller, accessToken);
        } catch (MalformedMessageException malformed) {
            return done(refusals.malformed(null, malformed.code(), malformed.getMessage()));
        }
    }

    private CompletableFuture<GuardDecision> decide(JsonRpcMessage message, Caller caller, String accessToken) {
        if (message instanceof JsonRpcMessage.Request call) {
            if (call.method().equals(Rules.TOOLS_CALL)) {
                return toolCall(call, caller, accessToken);
            }
            return done(
                    rules.openMethods().contains(call.method())
                            ? open(call.method(), caller, accessToken)
                            : refusals.method(call.id(), "method_not_open"));
        }
        if (message instanceof JsonRpcMessage.Notification note) {
            return done(
                    note.method().startsWith("notifications/")
                            ? new Allowed(caller)
                            : refusals.notification("method_not_open"));
        }
        return done(new Allowed(caller));
    }

    private Allowed open(String method, Caller caller, String accessToken) {
        return method.equals(Rules.TOOLS_LIST)
                ? new Allowed(caller, Optional.of(toolList(caller, accessToken)))
                : new Allowed(caller);
    }

    /** For what the server answers to this caller. */
    ToolListFilter toolList(Caller caller, String accessToken) {
        return new ToolListFilter(questions, caller.subject(), accessToken);
    }

    private CompletableFuture<GuardDecision> toolCall(JsonRpcMessage.Request call, Caller caller, String accessToken) {
        JsonNode name = call.params().path("name");
        if (!name.isTextual()) {
            return done(refusals.malformed(
                    call.id(), JsonRpcErrors.INVALID_PARAMS, "A tools/call names its tool in params.name."));
        }
        if (!ToolName.isPossible(name.textValue())) {
            return done(refusals.tool(call.id(), "invalid_tool_name"));
        }
        return questions
                .ask(caller.subject(), name.textValue(), accessToken)
                .thenApply(answer -> decision(answer, call.id(), caller, accessToken));
    }

    private GuardDecision decision(ToolAnswer answer, JsonNode id, Caller caller, String accessToken) {
        if (answer instanceof ToolAnswer.Permitted) {
            return new Allowed(caller);
        }
        if (answer instanceof ToolAnswer.TokenRefused refused) {
            tokens.forget(accessToken);
            return refusals.token(refused.reason());
        }
        if (answer instanceof ToolAnswer.ScopesMissing missing) {
            return refusals.scopes(id, missing.requiredScopes(), missing.reason());
        }
        if (answer instanceof ToolAnswer.NotPermitted not) {
            return refusals.tool(id, not.reason());
        }
        String reason = answer instanceof ToolAnswer.Unavailable down ? down.reason() : "no answer";
        return refusals.unavailable(id, reason);
    }

    /** A gateway may have decided by these headers: they must say what the body says (MCP 2026-07-28, transports). */
    private Optional<GuardDecision> headerMismatch(GuardRequest request, JsonRpcMessage message) {
        if (message instanceof JsonRpcMessage.Request call) {
            boolean named = call.method().equals(Rules.TOOLS_CALL);
            String name = call.params().path("name").asText();
            boolean same = request.mcpMethod().map(call.method()::equals).orElse(true)
                    && (!named || request.mcpName().map(name::equals).orElse(true));
            return same ? Optional.empty() : Optional.of(mismatch(call.id()));
        }
        if (message instanceof JsonRpcMessage.Notification note) {
            boolean same = request.mcpMethod().map(note.method()::equals).orElse(true);
            return same ? Optional.empty() : Optional.of(mismatch(null));
        }
        return Optional.empty();
    }

    private GuardDecision mismatch(JsonNode id) {
        return refusals.malformed(
                id, JsonRpcErrors.HEADER_MISMATCH, "The Mcp-Method or Mcp-Name header differs from the body.");
    }

    private static CompletableFuture<GuardDecision> done(GuardDecision decision) {
        return CompletableFuture.completedFuture(decision);
    }
}
