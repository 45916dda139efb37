package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.GuardDecision.Kind;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.http.HttpAnswer;
import io.mcpaccess.guard.jsonrpc.JsonRpcAnswers;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.oauth.BearerChallenge;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The refusals and what the client is told: one text for each kind, so that answers tell nothing about what exists. */
final class Refusals {
    static final String TOOL_TEXT = "This tool does not exist or you may not call it.";
    private static final String JSON = "application/json";

    private final URI metadata;
    private final List<String> firstScopes;

    Refusals(URI metadata, List<String> firstScopes) {
        this.metadata = metadata;
        this.firstScopes = firstScopes;
        BearerChallenge.of(metadata).scopes(firstScopes);
    }

    Refused noToken() {
        BearerChallenge challenge = BearerChallenge.of(metadata).scopes(firstScopes);
        return new Refused(Kind.NO_TOKEN, "no_token", challenged(401, challenge, ""));
    }

    Refused token(String reason) {
        BearerChallenge challenge = BearerChallenge.of(metadata)
                .error(BearerChallenge.Error.INVALID_TOKEN)
                .description("The access token is expired, revoked, malformed or issued for another server")
                .scopes(firstScopes);
        return new Refused(Kind.TOKEN_REFUSED, reason, challenged(401, challenge, ""));
    }

    /** RFC 6750, section 3.1: a request with more than one token is malformed. */
    Refused severalTokens() {
        BearerChallenge challenge = BearerChallenge.of(metadata)
                .error(BearerChallenge.Error.INVALID_REQUEST)
                .description("Send one access token, in one Authorization header");
        return new Refused(Kind.MALFORMED, "several_tokens", challenged(400, challenge, ""));
    }

    Refused scopes(JsonNode id, Collection<String> required, String reason) {
        BearerChallenge challenge = BearerChallenge.of(metadata)
                .error(BearerChallenge.Error.INSUFFICIENT_SCOPE)
                .description("This tool needs other scopes than the access token has")
                .scopes(required);
        String body = JsonRpcAnswers.error(id, JsonRpcErrors.INVALID_REQUEST, "Insufficient scope.");
        return new Refused(Kind.SCOPE_MISSING, reason, challenged(403, challenge, body));
    }

    Refused tool(JsonNode id, String reason, boolean stateless) {
        return new Refused(Kind.TOOL_REFUSED, reason, json(200, JsonRpcAnswers.toolError(id, TOOL_TEXT, stateless)));
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
        return new Refused(Kind.UNAVAILABLE, reason, json(503, body));
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
