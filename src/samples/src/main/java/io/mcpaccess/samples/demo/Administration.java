package io.mcpaccess.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.oauth.ClientCredentials;
import io.mcpaccess.samples.client.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** AM's management API, as the console uses it. */
final class Administration {
    private final Http http = new Http();
    private final String domain;
    private final String bearer;

    private Administration(String management, String domain, String bearer) {
        this.domain = management + "/management/organizations/DEFAULT/environments/DEFAULT/domains/" + domain;
        this.bearer = bearer;
    }

    static Administration login(String management, String domain, String username, String password) throws IOException {
        String basic = Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = new Http()
                .send(
                        "POST",
                        URI.create(management + "/management/auth/token"),
                        Map.of("Authorization", "Basic " + basic),
                        "");
        DifferentAnswer.unlessEqual("status of the administrator's login", 200, answer.statusCode());
        String token = Http.json(answer.body()).path("access_token").asText();
        return new Administration(management, domain, "Bearer " + token);
    }

    /** The domain's only engine. */
    JsonNode engine() throws IOException {
        return call("GET", "/authorization-engines", null, 200).path(0);
    }

    void writeTuple(String user, String relation, String object) throws IOException {
        call("POST", settings() + "/tuples", tuple(user, relation, object), 201);
    }

    void deleteTuple(String user, String relation, String object) throws IOException {
        call("DELETE", settings() + "/tuples", tuple(user, relation, object), 204);
    }

    void removeEngine() throws IOException {
        call("DELETE", enginePath(), null, 204);
    }

    void createEngine(String name, JsonNode configuration) throws IOException {
        ObjectNode engine = JsonNodeFactory.instance.objectNode();
        engine.put("type", "openfga").put("name", name).put("configuration", configuration.toString());
        call("POST", "/authorization-engines", engine, 201);
    }

    void updateEngine(String name, JsonNode configuration) throws IOException {
        ObjectNode engine = JsonNodeFactory.instance.objectNode();
        engine.put("name", name).put("configuration", configuration.toString());
        call("PUT", enginePath(), engine, 200);
    }

    /** Reads the tools of a live MCP server with its own credentials, and registers them unless it is a dry run. */
    JsonNode importTools(String url, ClientCredentials server, boolean dryRun) throws IOException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("url", url)
                .put("clientId", server.clientId())
                .put("clientSecret", server.clientSecret());
        return call("POST", settings() + "/mcp/servers/import?dryRun=" + dryRun, body, 200);
    }

    /** The keys of a registered server's tools. */
    List<String> registeredTools(String server) throws IOException {
        for (JsonNode each : call("GET", settings() + "/mcp/servers", null, 200).path("servers")) {
            if (server.equals(each.path("name").asText())) {
                return each.path("tools").findValuesAsText("key");
            }
        }
        return List.of();
    }

    /** Revokes what a user approved, and with it the user's tokens. */
    void revokeConsents(String username) throws IOException {
        JsonNode users = call("GET", "/users?q=" + username, null, 200).path("data");
        String id = users.path(0).path("id").asText();
        call("DELETE", "/users/" + id + "/consents", null, 204);
    }

    private String enginePath() throws IOException {
        return "/authorization-engines/" + engine().path("id").asText();
    }

    private String settings() throws IOException {
        return enginePath() + "/settings";
    }

    private JsonNode call(String method, String path, JsonNode body, int expected) throws IOException {
        Map<String, String> headers = Map.of("Authorization", bearer, "Content-Type", "application/json");
        HttpResponse<String> answer =
                http.send(method, URI.create(domain + path), headers, body == null ? "" : body.toString());
        DifferentAnswer.unless(
                answer.statusCode() == expected,
                method + " " + path + " answers " + expected,
                answer.statusCode() + " " + answer.body());
        return Http.json(answer.body());
    }

    private static ObjectNode tuple(String user, String relation, String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("user", user)
                .put("relation", relation)
                .put("object", object);
    }
}
