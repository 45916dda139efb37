package io.mcpaccess.sandbox.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.mcpaccess.sandbox.SandboxServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/openapi.yaml} against what the gateway answers: nothing undocumented, and nothing documented that is not so. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenApiIT {
    private static final String SEARCH = "/access/v1/search/";
    private static final List<String> PATHS = List.of(
            "/access/v1/evaluation",
            "/access/v1/evaluations",
            SEARCH + "subject",
            SEARCH + "resource",
            SEARCH + "action");
    private static final String METADATA = "/.well-known/authzen-configuration";

    private static final String QUESTION =
            "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"can_call\"},"
                    + "\"resource\":{\"type\":\"tool\",\"id\":\"list_invoices\"}}";

    private static final String SHADOWED =
            QUESTION.replace("list_invoices", "draft").replace("}}", "},\"context\":{\"scope\":\"invoices:read\"}}");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private OpenApi openApi;
    private SandboxServer sandbox;
    private SandboxServer withoutSearch;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        openApi = OpenApi.ofThisRepository();
        Files.writeString(folder.resolve("store.fga.yaml"), """
                model: |
                  model
                    schema 1.1
                  type user
                  type tool
                    relations
                      define can_call: [user, user:*, user with soft]
                  condition soft(action_soft: bool) {
                    action_soft
                  }
                tuples:
                  - {user: "user:alice", relation: can_call, object: "tool:list_invoices"}
                  - {user: "user:bob", relation: can_call, object: "tool:list_invoices"}
                  - {user: "user:*", relation: can_call, object: "tool:help"}
                  - {user: "user:alice", relation: can_call, object: "tool:undo", condition: {name: soft}}
                """);
        String domains = """
                gateway: {port: 0}
                management: {port: 0}
                domains:
                  - id: demo
                    users: [{username: alice, password: wonderland}]
                    scopes: [{key: "invoices:write", name: Write, description: Write}]
                    applications:
                      - {clientId: pep, clientSecret: s3cret, grantTypes: [client_credentials]}
                      - {clientId: eager, clientSecret: s3cret, grantTypes: [client_credentials]}
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s3cret, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{type: MCP_TOOL, key: refund, description: Refund, scopes: ["invoices:write"]}]}
                      - {name: trial, clientId: trial-mcp, clientSecret: s3cret, resourceIdentifiers: ["http://127.0.0.1:9200/mcp"],
                         features: [{type: MCP_TOOL, key: draft, description: Draft, scopes: []}]}
                    authorizationEngine:
                      {type: openfga, name: engine,
                       configuration: {mode: embedded, storeFile: store.fga.yaml, shadowServers: [trial-mcp]}}
                  - id: bare
                    users: [{username: alice, password: wonderland}]
                    applications: [{clientId: pep, clientSecret: s3cret, grantTypes: [client_credentials]}]
                """;
        Path home = Path.of(System.getProperty("repository.root"));
        sandbox = SandboxServer.start(
                home,
                folder.resolve("sandbox.yml"),
                "settings: {mcp: {authzen: {rateLimit: {requestsPerSecond: 1, burst: 200}}}}\n" + domains);
        withoutSearch = SandboxServer.start(
                home, folder.resolve("sandbox.yml"), "settings: {mcp: {search: {pagingKey: short}}}\n" + domains);
    }

    @AfterAll
    void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
        if (withoutSearch != null) {
            withoutSearch.close();
        }
    }

    @Test
    void theGatewayAnswersAsTheDocumentSaysAndTheDocumentSaysNothingElse() throws Exception {
        for (String path : PATHS) {
            ask(path, openApi.example(path));
            ask(path, "{");
            ask(path, "{\"page\":{\"token\":\"forged\"}}");
            check(path, null, sandbox, "demo", "wrong");
            check(path, QUESTION, sandbox, "bare", "pep");
            for (String method : List.of("GET", "PUT", "DELETE")) {
                HttpResponse<String> response = http.send(
                        request(sandbox, "demo", path, "pep")
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as(method + " " + path).isEqualTo(405);
                assertThat(response.headers().firstValue("Allow")).contains("POST");
            }
        }
        for (String question : questions()) {
            ask(PATHS.get(0), question);
        }
        check(PATHS.get(0), SHADOWED, sandbox, "demo", "trial-mcp");
        check(PATHS.get(1), "{\"evaluations\":[" + SHADOWED + "]}", sandbox, "demo", "trial-mcp");
        ask(PATHS.get(1), "{\"evaluations\":[" + String.join(",", questions()) + ",{},7]}");
        ask(PATHS.get(1), QUESTION);
        ask(SEARCH + "resource", QUESTION.replace("alice", "bob"));
        ask(SEARCH + "subject", openApi.example(SEARCH + "subject").replace("100", "1"));
        ask(SEARCH + "subject", openApi.example(SEARCH + "subject").replace("list_invoices", "help"));
        ask(SEARCH + "subject", openApi.example(SEARCH + "subject").replace("list_invoices", "a#b"));
        for (String kind : List.of("subject", "resource", "action")) {
            check(SEARCH + kind, openApi.example(SEARCH + kind), withoutSearch, "demo", "pep");
        }
        for (SandboxServer each : List.of(sandbox, withoutSearch)) {
            openApi.check(
                    METADATA,
                    "get",
                    null,
                    http.send(
                            request(each, "demo", METADATA, "pep").GET().build(),
                            HttpResponse.BodyHandlers.ofString()));
        }
        for (String path : PATHS) {
            askUntilRefusedByTheRateLimit(path);
        }

        Set<String> documented = new TreeSet<>(openApi.documented());
        documented.removeIf(each -> each.endsWith(" 500"));
        assertThat(openApi.seen()).containsAll(documented);
    }

    /** The bucket fills again while the test goes from one path to the next, so that each path has to empty it itself. */
    private void askUntilRefusedByTheRateLimit(String path) throws Exception {
        int status = 200;
        for (int i = 0; i < 5000 && status != 429; i++) {
            HttpResponse<String> response =
                    http.send(post(sandbox, "demo", path, "eager", QUESTION), HttpResponse.BodyHandlers.ofString());
            openApi.check(path, "post", QUESTION, response);
            status = response.statusCode();
        }
        assertThat(status).as("asked of %s again and again", path).isEqualTo(429);
    }

    @Test
    void answersFitTheSchemaOfTheWorkingGroup() throws Exception {
        JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        List<JsonSchema> requests = schemas(schemas, "evaluation-request.schema.json");
        List<JsonSchema> responses = schemas(schemas, "evaluation-response.schema.json");
        ObjectMapper json = new ObjectMapper();
        for (String question : questions()) {
            JsonNode answer = json.readTree(http.send(
                            post(sandbox, "demo", PATHS.get(0), "pep", question), HttpResponse.BodyHandlers.ofString())
                    .body());
            for (JsonSchema request : requests) {
                assertThat(request.validate(json.readTree(question))).isEmpty();
            }
            for (JsonSchema response : responses) {
                assertThat(response.validate(answer)).isEmpty();
            }
        }
    }

    /** Our own and, where it is there, the working group's, whose identifiers are no URIs as the validator insists. */
    private static List<JsonSchema> schemas(JsonSchemaFactory factory, String name) throws Exception {
        return StoreFiles.cases(name, "authzen/" + name).stream()
                .map(schema -> factory.getSchema(((ObjectNode) schema).<ObjectNode>without("$id")))
                .toList();
    }

    private static List<String> questions() {
        return List.of(
                QUESTION,
                QUESTION.replace("alice", "carol"),
                QUESTION.replace("can_call", "fly"),
                QUESTION.replace("alice", "a#b"),
                QUESTION.replace("list_invoices", "undo"),
                QUESTION.replace("}}", "},\"context\":{\"access_token\":\"garbage\"}}"),
                QUESTION.replace("list_invoices", "refund"),
                QUESTION.replace("user", "identity").replace("can_call", "server/discover"),
                QUESTION.replace("user", "identity").replace("can_call", "tools/call"),
                QUESTION.replace("user", "identity")
                        .replace("can_call", "prompts/get")
                        .replace("tool", "prompt"));
    }

    private void ask(String path, String body) throws Exception {
        check(path, body, sandbox, "demo", "pep");
        check(path, body, sandbox, "demo", "billing-mcp");
    }

    private void check(String path, String body, SandboxServer server, String domain, String client) throws Exception {
        HttpResponse<String> response =
                http.send(post(server, domain, path, client, body), HttpResponse.BodyHandlers.ofString());
        openApi.check(path, "post", body, response);
    }

    private static HttpRequest post(SandboxServer server, String domain, String path, String client, String body) {
        return request(server, domain, path, client)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body == null ? "" : body))
                .build();
    }

    private static HttpRequest.Builder request(SandboxServer server, String domain, String path, String client) {
        String secret = client.equals("wrong") ? "pep:wrong" : client + ":s3cret";
        return HttpRequest.newBuilder(URI.create(server.gateway() + "/" + domain + path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
