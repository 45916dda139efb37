package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.json;
import static io.mcpaccess.sandbox.TestBrowser.encode;
import static io.mcpaccess.sandbox.TestBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that register themselves (RFC 7591) and clients known by their metadata document, with AM's switches. */
class RegistrationIT {
    private static final String CALLBACK = "http://127.0.0.1:9999/callback";
    private static final String BILLING = "http://127.0.0.1:9100/mcp";
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private static SandboxServer sandbox;
    private static HttpServer documents;
    private static String origin;
    private static final Map<String, String> BODIES = new ConcurrentHashMap<>();
    private static final Map<String, String> CACHE = new ConcurrentHashMap<>();
    private static final AtomicInteger FETCHED = new AtomicInteger();

    private final TestBrowser browser = new TestBrowser();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        documents = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        documents.createContext("/", exchange -> {
            FETCHED.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            byte[] body = BODIES.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Cache-Control", CACHE.getOrDefault(path, "max-age=600"));
            exchange.sendResponseHeaders(BODIES.containsKey(path) ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        documents.start();
        origin = "http://127.0.0.1:" + documents.getAddress().getPort();
        String yaml = """
                gateway: {port: 0}
                management: {port: 0}
                plugins: .
                domains:
                  - id: closed
                  - id: open
                    redirectUris: {allowLocalhost: true, allowHttp: true}
                    oidc:
                      clientRegistrationSettings:
                        isDynamicClientRegistrationEnabled: true
                        isOpenDynamicClientRegistrationEnabled: true
                        defaultScopes: [offline_access]
                        isAllowedScopesEnabled: true
                        allowedScopes: [openid]
                      cimdSettings: {enabled: true, templateId: template, allowUnsecuredHttpUri: true, allowPrivateIpAddress: true}
                    users: [{username: alice, password: wonderland}]
                    scopes: [{key: "invoices:read", name: Read invoices, description: See your invoices}]
                    applications:
                      - {clientId: template, name: Template, grantTypes: [authorization_code], scopes: [openid]}
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: ["invoices:read"]}]}
                  - id: guarded
                    scopes: [{key: dcr_admin}]
                    oidc:
                      clientRegistrationSettings: {isDynamicClientRegistrationEnabled: true}
                      cimdSettings: {enabled: true, templateId: registrar}
                    applications:
                      - {clientId: registrar, clientSecret: s3cret, grantTypes: [client_credentials], scopes: [dcr_admin, openid]}
                """;
        sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), yaml);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        documents.stop(0);
    }

    @BeforeEach
    void forget() {
        FETCHED.set(0);
    }

    @Test
    void everyDomainNamesItsRegistrationEndpointAndOnlyOneWithDocumentsSaysSo() {
        JsonNode closed = json(browser.get(domain("closed") + "/oidc/.well-known/openid-configuration"));
        JsonNode open = json(browser.get(domain("open") + "/oidc/.well-known/openid-configuration"));

        assertThat(closed.path("registration_endpoint").asText()).isEqualTo(domain("closed") + "/oidc/register");
        assertThat(closed.has("client_id_metadata_document_supported")).isFalse();
        assertThat(closed.path("token_endpoint_auth_methods_supported").toString())
                .doesNotContain("none");
        assertThat(open.path("client_id_metadata_document_supported").asBoolean())
                .isTrue();
    }

    @Test
    void registrationIsForbiddenUntilItIsSwitchedOn() throws Exception {
        HttpResponse<String> response =
                register("closed", "{\"redirect_uris\":[\"https://app.example.com/cb\"]}", null);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response).path("error").asText()).isEqualTo("registration_forbidden");
    }

    @Test
    void aRegisteredPublicClientGetsATokenForAnMcpServer() throws Exception {
        HttpResponse<String> response = register("open", """
                {"client_name": "Desktop", "redirect_uris": ["%s"], "token_endpoint_auth_method": "none",
                 "grant_types": ["authorization_code", "refresh_token"], "scope": "openid salaries:read"}""".formatted(CALLBACK), null);
        JsonNode client = json(response);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(client.path("client_name").asText()).isEqualTo("Desktop");
        assertThat(client.path("scope").asText())
                .as("scopes that are not allowed are left out")
                .isEqualTo("openid");
        assertThat(client.path("client_secret_expires_at").asInt(-1)).isZero();
        OAuthClient agent = new OAuthClient(
                domain("open"),
                client.path("client_id").asText(),
                client.path("client_secret").asText(),
                CALLBACK);
        JsonNode tokens = json(agent.exchange(agent.code(browser, "alice", "wonderland", "invoices:read", BILLING)));
        assertThat(tokens.path("scope").asText()).isEqualTo("invoices:read");
        assertThat(tokens.has("refresh_token")).isTrue();
    }

    @Test
    void aRegisteredConfidentialClientNeedsItsSecret() throws Exception {
        JsonNode client = json(register("open", "{\"redirect_uris\":[\"" + CALLBACK + "\"]}", null));
        String id = client.path("client_id").asText();
        OAuthClient right =
                new OAuthClient(domain("open"), id, client.path("client_secret").asText(), CALLBACK);
        OAuthClient wrong = new OAuthClient(domain("open"), id, "another", CALLBACK);

        assertThat(client.path("token_endpoint_auth_method").asText()).isEqualTo("client_secret_basic");
        assertThat(client.path("scope").asText()).as("the domain's default").isEqualTo("offline_access");
        assertThat(wrong.exchange(wrong.code(browser, "alice", "wonderland", "invoices:read", BILLING))
                        .statusCode())
                .isEqualTo(401);
        assertThat(right.exchange(right.code(browser, "alice", "wonderland", "invoices:read", BILLING))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                     | invalid_redirect_uri    | redirect_uris is missing",
                "{\"redirect_uris\":[\"/cb\"]}                          | invalid_redirect_uri    | malformed",
                "{\"redirect_uris\":[\"https://a.example/*\"]}          | invalid_redirect_uri    | Wildcard are forbidden",
                "{\"redirect_uris\":[\"https://a.example/#x\"]}         | invalid_redirect_uri    | fragment",
                "{\"redirect_uris\":[],\"grant_types\":[\"password\"]}  | invalid_client_metadata | grant type",
                "{\"redirect_uris\":[],\"response_types\":[\"token\"]}  | invalid_client_metadata | response type",
                "{\"redirect_uris\":[],\"client_name\":7}               | invalid_client_metadata | client_name",
                "[]                                                     | invalid_client_metadata | no JSON object",
                "{                                                      | invalid_client_metadata | no JSON object",
            })
    void badMetadataIsRefused(String body, String error, String description) throws Exception {
        HttpResponse<String> response = register("open", body, null);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asText()).isEqualTo(error);
        assertThat(json(response).path("error_description").asText()).contains(description);
    }

    @Test
    void withoutOpenRegistrationATokenWithTheScopeIsNeeded() throws Exception {
        String body = "{\"redirect_uris\":[\"https://app.example.com/cb\"]}";
        String scoped = credentials("dcr_admin");
        String other = credentials("openid");

        assertThat(register("guarded", body, null).statusCode()).isEqualTo(401);
        assertThat(register("guarded", body, other).statusCode()).isEqualTo(403);
        assertThat(register("guarded", body, scoped).statusCode()).isEqualTo(201);
    }

    @Test
    void redirectUrisOnThisMachineAreForbiddenUntilTheyAreSwitchedOn() throws Exception {
        String token = credentials("dcr_admin");
        HttpResponse<String> local = register("guarded", "{\"redirect_uris\":[\"" + CALLBACK + "\"]}", token);
        HttpResponse<String> http = register("guarded", "{\"redirect_uris\":[\"http://app.example.com/cb\"]}", token);

        assertThat(json(local).path("error_description").asText()).isEqualTo("localhost is forbidden");
        assertThat(json(http).path("error_description").asText()).isEqualTo("Unsecured http scheme is forbidden");
    }

    @Test
    void aClientKnownByItsDocumentGetsATokenAndIsFetchedOnce() {
        String id = document("/desktop.json", """
                {"client_id": "%s", "client_name": "By document", "redirect_uris": ["%s"],
                 "grant_types": ["authorization_code", "refresh_token"], "scope": "openid email"}""");
        OAuthClient agent = new OAuthClient(domain("open"), id, "unused", CALLBACK);

        JsonNode tokens = json(agent.exchange(agent.code(browser, "alice", "wonderland", "invoices:read", BILLING)));

        assertThat(tokens.path("scope").asText()).isEqualTo("invoices:read");
        assertThat(tokens.has("refresh_token"))
                .as("the template has no refresh tokens")
                .isFalse();
        assertThat(FETCHED.get()).isEqualTo(1);
    }

    @Test
    void aDocumentThatIsNotToBeStoredIsFetchedAgain() {
        CACHE.put("/fresh.json", "no-store");
        String id = document("/fresh.json", "{\"client_id\": \"%s\", \"redirect_uris\": [\"%s\"]}");
        OAuthClient agent = new OAuthClient(domain("open"), id, "unused", CALLBACK);

        browser.get(agent.authorizeUrl("invoices:read", BILLING));
        browser.get(agent.authorizeUrl("invoices:read", BILLING));

        assertThat(FETCHED.get()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"client_id\": \"https://other.example/\", \"redirect_uris\": [\"http://127.0.0.1:9999/callback\"]} | does not match",
                "{\"client_id\": \"%s\"}                                                                              | redirect_uris",
                "{\"client_id\": \"%s\", \"redirect_uris\": [\"%s\"], \"client_secret\": \"x\"}                       | client_secret",
                "{\"client_id\": \"%s\", \"redirect_uris\": [\"%s\"], \"token_endpoint_auth_method\": \"client_secret_basic\"} | Secret-based",
                "not JSON                                                                                             | not valid JSON",
            })
    void aDocumentThatDoesNotFitIsRefused(String text, String description) {
        String id = document("/bad-" + Integer.toHexString(text.hashCode()) + ".json", text);

        assertThat(refusal("open", id))
                .contains("error=invalid_client_metadata")
                .contains(encode(description));
    }

    @Test
    void aDocumentThatIsMissingOrTooLargeIsRefused() {
        BODIES.put("/large.json", " ".repeat(30_000));

        assertThat(refusal("open", origin + "/missing.json")).contains(encode("HTTP 404"));
        assertThat(refusal("open", origin + "/large.json")).contains(encode("exceeds configured max size"));
    }

    @Test
    void aRedirectUriThatIsNotInTheDocumentIsRefused() {
        String id = document(
                "/narrow.json", "{\"client_id\": \"%s\", \"redirect_uris\": [\"https://app.example.com/cb\"]}");

        assertThat(refusal("open", id)).contains("error=redirect_uri_mismatch");
    }

    @Test
    void unlessSwitchedOnNoDocumentIsFetchedFromThisMachineOrOverHttp() {
        String id = document("/private.json", "{\"client_id\": \"%s\", \"redirect_uris\": [\"%s\"]}");

        assertThat(refusal("guarded", id)).contains(encode("must use https"));
        assertThat(refusal("guarded", id.replace("http://", "https://"))).contains(encode("private network"));
        assertThat(refusal("closed", id)).contains("error=invalid_request").contains(encode("No client found"));
        assertThat(FETCHED.get()).isZero();
    }

    private static String domain(String id) {
        return sandbox.gateway() + "/" + id;
    }

    /** Publishes a document; %s stands for its own URL, then for the callback. */
    private static String document(String path, String text) {
        String id = origin + path;
        BODIES.put(path, text.replaceFirst("%s", id).replaceFirst("%s", CALLBACK));
        return id;
    }

    private String refusal(String domain, String clientId) {
        OAuthClient agent = new OAuthClient(domain(domain), encode(clientId), "unused", CALLBACK);
        return location(browser.get(agent.authorizeUrl("openid")));
    }

    private static String credentials(String scope) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(domain("guarded") + "/oauth/token"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=registrar&client_secret=s3cret&scope=" + scope))
                .build();
        return json(HTTP.send(request, HttpResponse.BodyHandlers.ofString()))
                .path("access_token")
                .asText();
    }

    private static HttpResponse<String> register(String domain, String body, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(domain(domain) + "/oidc/register"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
