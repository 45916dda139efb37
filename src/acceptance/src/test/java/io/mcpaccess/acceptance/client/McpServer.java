package io.mcpaccess.acceptance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.Http;
import io.mcpaccess.acceptance.Json;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.TestDomain;
import java.time.Duration;
import org.awaitility.Awaitility;

/** An MCP server, or another caller of the AuthZEN endpoint, with its client credentials. */
public final class McpServer {

    private final Http http = new Http();
    private final String base;
    private final String authorization;

    private McpServer(String base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** A caller of a domain with its client's secret. */
    public static McpServer basic(String base, String clientId) {
        return new McpServer(base, Http.basic(clientId, DomainSpec.SECRET));
    }

    /** A caller of a domain with a Bearer token. */
    public static McpServer bearing(String base, String token) {
        return new McpServer(base, "Bearer " + token);
    }

    /** The question whether a subject may call a tool, with an access token or, where it is null, without. */
    public static ObjectNode question(String type, String id, String tool, String token) {
        ObjectNode question = Json.object();
        question.putObject("subject").put("type", type).put("id", id);
        question.putObject("action").put("name", "tools/call");
        question.putObject("resource").put("type", "tool").put("id", tool);
        if (token != null) {
            question.putObject("context").put("access_token", token);
        }
        return question;
    }

    /** Asks one question. */
    public Http.Answer evaluate(String type, String id, String tool, String token) {
        return post("/access/v1/evaluation", question(type, id, tool, token).toString());
    }

    /** The reason code of one question, {@code permitted} where the answer is yes; anything but an answer fails the test. */
    public String reason(String type, String id, String tool, String token) {
        Http.Answer answer = evaluate(type, id, tool, token);
        JsonNode json = answer.json();
        String reason = json.at("/context/reason_code").asText("");
        if (answer.status() != 200 || json.path("decision").asBoolean() != reason.equals("permitted")) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        return reason;
    }

    /** Asks until the reason code is one that a change brings, which gateways hear of within seconds; gives that answer. */
    public JsonNode await(String reason, String user, String tool, String token) {
        return Awaitility.await(tool + " is " + reason)
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> evaluate("user", user, tool, token).json(),
                        answer -> answer.at("/context/reason_code").asText().equals(reason));
    }

    /** Sends a body to an endpoint of the domain. */
    public Http.Answer post(String path, String body) {
        return http.send(Http.json("POST", base + path, authorization, body));
    }
}
