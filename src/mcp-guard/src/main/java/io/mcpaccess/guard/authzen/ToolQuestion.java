package io.mcpaccess.guard.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.oauth.AmDomain;
import io.mcpaccess.guard.oauth.ClientCredentials;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks AM's AuthZEN endpoint about one tool call (Authorization API 1.0, section 6). The question carries the access
 * token, so that AM checks token, scopes and permission in one go. Threads may share it.
 */
public final class ToolQuestion {
    private final URI endpoint;
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
        this.endpoint = domain.evaluationEndpoint();
        this.credentials = credentials;
        this.action = action;
        this.remote = remote;
    }

    /**
     * @param subject the id of the user
     * @param tool the name of the tool
     * @param accessToken the token of the call
     * @return completes always normally; without a usable answer it is {@link ToolAnswer.Unavailable}, never a yes
     */
    public CompletableFuture<ToolAnswer> ask(String subject, String tool, String accessToken) {
        Map<String, String> headers =
                Map.of("Authorization", credentials.basicHeader(), "Content-Type", "application/json");
        return remote.post(endpoint, headers, body(subject, tool, accessToken)).handle((answer, failure) -> {
            if (failure != null) {
                return new ToolAnswer.Unavailable("the AuthZEN question failed: " + RemoteCall.reason(failure));
            }
            return read(answer);
        });
    }

    private String body(String subject, String tool, String accessToken) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.putObject("subject").put("type", "user").put("id", subject);
        question.putObject("action").put("name", action);
        question.putObject("resource").put("type", "tool").put("id", tool);
        question.putObject("context").put("access_token", accessToken);
        return question.toString();
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
