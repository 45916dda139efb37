package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.GuardDecision.Kind;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.http.HttpAnswer;
import io.mcpaccess.guard.jsonrpc.JsonRpcAnswers;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.oauth.BearerChallenge;
import io.mcpaccess.guard.oauth.Confirmation;
import io.mcpaccess.guard.oauth.ProofRules;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The refusals and what the client is told: one text for each kind, so that answers tell nothing about what exists. */
final class Refusals {
    static final String TOOL_TEXT = "This tool does not exist or you may not call it.";
    private static final String ITEM_TEXT = "This does not exist or you may not use it.";
    private static final String JSON = "application/json";

    static final String AUDIENCE = "audience_mismatch";
    private static final String RETRY_AFTER = "Retry-After";

    private final URI metadata;
    private final List<String> firstScopes;
    private final ProofRules proofs;
    private final boolean structured;

    Refusals(URI metadata, List<String> firstScopes, ProofRules proofs, Denials denials) {
        this.metadata = metadata;
        this.firstScopes = firstScopes;
        this.proofs = proofs;
        this.structured = denials == Denials.STRUCTURED;
        BearerChallenge.of(metadata).scopes(firstScopes);
    }

    Refused noToken() {
        BearerChallenge challenge = challenge(false).scopes(firstScopes);
        return new Refused(Kind.NO_TOKEN, "no_token", challenged(401, challenge, ""));
    }

    Refused token(String reason) {
        return token(reason, "The access token is expired, revoked, malformed or issued for another server");
    }

    /** Where AM names no audience at all, every token is refused, and its user can do nothing about it. */
    Refused withoutAudience() {
        return token(
                AUDIENCE,
                "The access token names no server that it is for, or AM does not tell: it was asked for without resource,"
                        + " or handlers.oauth2.introspect.allowAudience is false at AM");
    }

    private Refused token(String reason, String description) {
        BearerChallenge challenge = challenge(false)
                .error(BearerChallenge.Error.INVALID_TOKEN)
                .description(description)
                .scopes(firstScopes);
        return new Refused(Kind.TOKEN_REFUSED, reason, challenged(401, challenge, ""));
    }

    /** RFC 9449, section 7.1: what is wrong with the use of a token that may itself be good. */
    Refused proof(String reason, Confirmation bound) {
        if (reason.equals("too_many_proofs")) {
            return tooMany(reason);
        }
        boolean hasKey = bound.keyThumbprint().isPresent();
        boolean wrongWay = !hasKey || reason.equals("bound_token_as_bearer");
        BearerChallenge challenge = challenge(hasKey)
                .error(wrongWay ? BearerChallenge.Error.INVALID_TOKEN : BearerChallenge.Error.INVALID_DPOP_PROOF)
                .description(
                        hasKey
                                ? "Send the access token with the scheme DPoP and a fresh proof made for this request"
                                : "The access token is not bound as this server needs it")
                .scopes(firstScopes);
        return new Refused(Kind.TOKEN_REFUSED, reason, challenged(401, challenge, ""));
    }

    private BearerChallenge challenge(boolean bound) {
        BearerChallenge plain = BearerChallenge.of(metadata);
        return bound || proofs.required() ? plain.dpop(proofs.algorithms()) : plain;
    }

    Refused head(HeaderFault fault) {
        String body = JsonRpcAnswers.error(null, JsonRpcErrors.INVALID_REQUEST, fault.problem());
        return new Refused(Kind.MALFORMED, fault.problem(), json(fault.status(), body));
    }

    Refused tooMany(String reason) {
        String body = JsonRpcAnswers.error(
                null, JsonRpcErrors.INVALID_REQUEST, "Too many requests at once. End some, or try again later.");
        return new Refused(Kind.TOO_MANY, reason, later(429, body));
    }

    Refused tooSlow() {
        String problem = "The body did not come in time.";
        return new Refused(
                Kind.MALFORMED, problem, json(408, JsonRpcAnswers.error(null, JsonRpcErrors.INVALID_REQUEST, problem)));
    }

    Refused unreadableBody() {
        return head(new HeaderFault(400, "The body could not be read to its end."));
    }

    /** RFC 6750, section 3.1: a request with more than one token is malformed. */
    Refused severalTokens() {
        BearerChallenge challenge = challenge(false)
                .error(BearerChallenge.Error.INVALID_REQUEST)
                .description("Send one access token, in one Authorization header");
        return new Refused(Kind.MALFORMED, "several_tokens", challenged(400, challenge, ""));
    }

    Refused scopes(JsonNode id, Collection<String> required, String reason, boolean bound) {
        BearerChallenge challenge = challenge(bound)
                .error(BearerChallenge.Error.INSUFFICIENT_SCOPE)
                .description("This tool needs other scopes than the access token has")
                .scopes(required);
        String body = JsonRpcAnswers.error(id, JsonRpcErrors.INVALID_REQUEST, "Insufficient scope.");
        return new Refused(Kind.SCOPE_MISSING, reason, challenged(403, challenge, body));
    }

    Refused tool(JsonNode id, String reason, boolean stateless) {
        String body = JsonRpcAnswers.toolError(id, TOOL_TEXT, stateless, structured);
        return new Refused(Kind.TOOL_REFUSED, reason, json(200, body));
    }

    /** Of a resource, prompt or task that is not there, as MCP 2026-07-28 answers it; or that the caller may not use. */
    Refused item(JsonNode id, String reason) {
        String body = structured
                ? JsonRpcAnswers.denial(id, JsonRpcErrors.INVALID_PARAMS, ITEM_TEXT)
                : JsonRpcAnswers.error(id, JsonRpcErrors.INVALID_PARAMS, ITEM_TEXT);
        return new Refused(Kind.METHOD_REFUSED, reason, json(200, body));
    }

    /** MCP 2026-07-28 answers a method that is not there with 404; before, it was an answer like any other. */
    Refused method(JsonNode id, String reason, boolean stateless) {
        String body = JsonRpcAnswers.error(id, JsonRpcErrors.METHOD_NOT_FOUND, "Method not found.");
        return new Refused(Kind.METHOD_REFUSED, reason, json(stateless ? 404 : 200, body));
    }

    /** MCP 2025-11-25, session management: 404 is for a session that is not there, and clients open a new one. */
    Refused session() {
        String body = JsonRpcAnswers.error(null, JsonRpcErrors.INVALID_REQUEST, "Session not found.");
        return new Refused(Kind.SESSION_REFUSED, "session_of_nobody_or_another", json(404, body));
    }

    Refused protocolVersion(JsonNode id) {
        String body = JsonRpcAnswers.unsupportedVersion(id, ProtocolVersions.KNOWN);
        return new Refused(Kind.MALFORMED, "protocol_version", json(400, body));
    }

    Refused notification(String reason) {
        String body = JsonRpcAnswers.error(null, JsonRpcErrors.METHOD_NOT_FOUND, "Method not found.");
        return new Refused(Kind.METHOD_REFUSED, reason, json(400, body));
    }

    Refused httpMethod(String allowed) {
        Map<String, String> headers = Map.of("Allow", allowed);
        return new Refused(Kind.METHOD_REFUSED, "http_method", new HttpAnswer(405, headers, ""));
    }

    Refused malformed(JsonNode id, int code, String problem) {
        return new Refused(Kind.MALFORMED, problem, json(400, JsonRpcAnswers.error(id, code, problem)));
    }

    Refused tooLong(int limit) {
        String problem = "The body is longer than " + limit + " bytes.";
        return new Refused(
                Kind.MALFORMED, problem, json(413, JsonRpcAnswers.error(null, JsonRpcErrors.INVALID_REQUEST, problem)));
    }

    Refused unavailable(JsonNode id, String reason) {
        String body =
                JsonRpcAnswers.error(id, JsonRpcErrors.INTERNAL_ERROR, "Access could not be decided. Try again later.");
        return new Refused(Kind.UNAVAILABLE, reason, later(503, body));
    }

    private static HttpAnswer later(int status, String body) {
        return new HttpAnswer(status, Map.of("Content-Type", JSON, RETRY_AFTER, "2"), body);
    }

    private static HttpAnswer challenged(int status, BearerChallenge challenge, String body) {
        Map<String, String> headers = new HashMap<>(Map.of("WWW-Authenticate", challenge.headerValue()));
        if (!body.isEmpty()) {
            headers.put("Content-Type", JSON);
        }
        return new HttpAnswer(status, headers, body);
    }

    private static HttpAnswer json(int status, String body) {
        return new HttpAnswer(status, Map.of("Content-Type", JSON), body);
    }
}
