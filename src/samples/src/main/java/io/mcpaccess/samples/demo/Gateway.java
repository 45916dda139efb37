package io.mcpaccess.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.oauth.ClientCredentials;
import io.mcpaccess.samples.client.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

/** AM's gateway, asked with the MCP server's credentials, and its metrics. */
final class Gateway {
    private static final String QUESTIONS = "mcp_access_engine_questions_total";

    private final Http http = new Http();
    private final String url;
    private final String domain;
    private final ClientCredentials pep;

    Gateway(String url, String domain, ClientCredentials pep) {
        this.url = url;
        this.domain = domain;
        this.pep = pep;
    }

    String domainUrl() {
        return url + "/" + domain;
    }

    /** The question that the billing server's guard asks. */
    AuthZenAnswer ask(String user, String tool, String accessToken) throws IOException {
        return ask(user, tool, accessToken, JsonNodeFactory.instance.objectNode());
    }

    /** The same with arguments of the call for conditions. */
    AuthZenAnswer ask(String user, String tool, String accessToken, ObjectNode arguments) throws IOException {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.putObject("subject").put("type", "user").put("id", user);
        question.putObject("action").put("name", "tools/call");
        question.putObject("resource").put("type", "tool").put("id", tool);
        question.set("context", arguments.deepCopy().put("access_token", accessToken));
        Map<String, String> headers = Map.of("Authorization", pep.basicHeader(), "Content-Type", "application/json");
        long start = System.nanoTime();
        HttpResponse<String> answer =
                http.send("POST", URI.create(domainUrl() + "/access/v1/evaluation"), headers, question.toString());
        long millis = (System.nanoTime() - start) / 1_000_000;
        JsonNode body = Http.json(answer.body());
        return new AuthZenAnswer(
                answer.statusCode(),
                answer.statusCode() == 200 && body.path("decision").asBoolean(),
                body.path("context").path("reason_code").asText(),
                millis);
    }

    /** How many questions were put to the engine since the gateway started. */
    long engineQuestions() throws IOException {
        HttpResponse<String> answer = http.get(URI.create(url + "/_node/metrics/prometheus"), Map.of());
        DifferentAnswer.unlessEqual("status of the metrics endpoint", 200, answer.statusCode());
        double sum = answer.body()
                .lines()
                .filter(line -> line.startsWith(QUESTIONS))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        DifferentAnswer.unless(answer.body().contains(QUESTIONS), "the metrics have " + QUESTIONS, "none");
        return Math.round(sum);
    }
}
