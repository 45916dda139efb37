package io.mcpaccess.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** An MCP server that asks whether alice may call one of its tools with a token. */
final class McpServerCaller {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI evaluation;
    private final String basic;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    McpServerCaller(String domain, String clientId, String secret) {
        this.evaluation = URI.create(domain + "/access/v1/evaluation");
        this.basic = Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** The decision about a call, with the access token of a token response. */
    JsonNode ask(String tool, String tokens) throws IOException, InterruptedException {
        ObjectNode question = Json.object();
        question.putObject("subject").put("type", "user").put("id", "alice");
        question.putObject("action").put("name", "tools/call");
        question.putObject("resource").put("type", "tool").put("id", tool);
        question.putObject("context").put("access_token", Json.text(tokens, "access_token"));
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(evaluation)
                        .timeout(PATIENCE)
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return Json.read(response.body());
    }

    boolean mayCall(String tool, String tokens) throws IOException, InterruptedException {
        return ask(tool, tokens).path("decision").asBoolean(false);
    }
}
