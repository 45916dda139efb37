package io.mcpaccess.authzen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.am.common.event.EventManager;
import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.gateway.handler.common.oauth2.IntrospectionTokenService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceSyncService;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.provider.OAuth2AuthProvider;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.User;
import io.gravitee.am.model.application.ClientSecret;
import io.gravitee.am.repository.management.api.ProtectedResourceRepository;
import io.gravitee.am.repository.oauth2.api.AccessTokenRepository;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.impl.SecretService;
import io.mcpaccess.authzen.catalogue.ProtectedResourceCatalogue;
import io.mcpaccess.contract.AuditEntry;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The plugin wired as AM wires it, over HTTP, with AM's services played by mocks. */
class AuthZenPluginTest {

    private static final String MCP = "http://127.0.0.1:9100/mcp";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private final Router router = Router.router(vertx);
    private final HttpClient http = HttpClient.newHttpClient();
    private final AnnotationConfigApplicationContext domainContext = new AnnotationConfigApplicationContext();
    private final AuthorizationEngineManager engines = mock();
    private final AuthorizationEngineProvider engine = mock();
    private final IntrospectionTokenService introspection = mock();
    private final OAuth2AuthProvider bearer = mock();
    private final List<AuditEntry> audited = new CopyOnWriteArrayList<>();
    private final List<AuthorizationEngineRequest> asked = new CopyOnWriteArrayList<>();
    private AuthZenProvider provider;
    private HttpServer server;

    @BeforeEach
    void startAsAmDoes() throws Exception {
        registerDomain();
        AnnotationConfigApplicationContext pluginContext = new AnnotationConfigApplicationContext();
        pluginContext.setParent(domainContext);
        pluginContext.register(AuthZenConfiguration.class, AuthZenProtocol.class);
        pluginContext.refresh();
        AuthZenProtocol protocol = pluginContext.getBean(AuthZenProtocol.class);
        assertThat(protocol.configuration()).isEqualTo(AuthZenConfiguration.class);
        provider = protocol.provider().getDeclaredConstructor().newInstance();
        pluginContext.getAutowireCapableBeanFactory().autowireBean(provider);
        provider.setApplicationContext(pluginContext);
        provider.start();
        Router root = Router.router(vertx);
        root.route("/demo/*").subRouter(router);
        server = vertx.getDelegate()
                .createHttpServer()
                .requestHandler(root.getDelegate())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        awaitCatalogue(pluginContext.getBean(ProtectedResourceCatalogue.class));
    }

    @AfterEach
    void stop() throws Exception {
        provider.stop();
        domainContext.close();
        vertx.getDelegate().close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void permitsWhatTokenScopesAndEngineAllow() throws Exception {
        HttpResponse<String> response = evaluate(question("alice", "list_invoices", "a.b.c"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.path("decision").booleanValue()).isTrue();
        assertThat(body.at("/context/reason_code").textValue()).isEqualTo("permitted");
        assertThat(asked).singleElement().satisfies(question -> {
            assertThat(question.subject().id()).isEqualTo("alice");
            assertThat(question.context().attributes()).isEmpty();
        });
        assertThat(audited)
                .singleElement()
                .satisfies(entry -> assertThat(entry.type()).isEqualTo("PERMISSION_EVALUATED"));
    }

    @Test
    void doesNotAskTheEngineWhereAScopeIsMissing() throws Exception {
        JsonNode body =
                JSON.readTree(evaluate(question("alice", "refund", "a.b.c")).body());
        assertThat(body.path("decision").booleanValue()).isFalse();
        assertThat(body.at("/context/reason_code").textValue()).isEqualTo("scope_missing");
        assertThat(body.at("/context/missing_scopes/0").textValue()).isEqualTo("invoices:write");
        assertThat(asked).isEmpty();
        assertThat(audited).hasSize(1);
    }

    @Test
    void answers503WithTheReasonWhereThereIsNoEngine() throws Exception {
        when(engines.getDefault()).thenReturn(Maybe.empty());
        HttpResponse<String> response = evaluate(question("alice", "list_invoices", "a.b.c"));
        assertThat(response.statusCode()).isEqualTo(503);
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.path("decision").booleanValue()).isFalse();
        assertThat(body.at("/context/reason_code").textValue()).isEqualTo("engine_not_configured");
    }

    @Test
    void answersABatchInOrder() throws Exception {
        String items = "{\"evaluations\":[" + question("alice", "list_invoices", "a.b.c") + ",{},"
                + question("alice", "refund", "a.b.c") + "]}";
        HttpResponse<String> response = post("/evaluations", items, "application/json", basic("billing-mcp:s2"));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode evaluations = JSON.readTree(response.body()).path("evaluations");
        assertThat(evaluations).hasSize(3);
        assertThat(evaluations.at("/0/decision").booleanValue()).isTrue();
        assertThat(evaluations.at("/1/context/error/status").intValue()).isEqualTo(400);
        assertThat(evaluations.at("/2/context/reason_code").textValue()).isEqualTo("scope_missing");
    }

    @Test
    void aBatchWithoutItemsIsASingleQuestion() throws Exception {
        HttpResponse<String> response = post(
                "/evaluations",
                question("alice", "list_invoices", "a.b.c"),
                "application/json",
                basic("billing-mcp:s2"));
        assertThat(JSON.readTree(response.body()).path("decision").booleanValue())
                .isTrue();
    }

    @Test
    void refusesStrangersBeforeReadingTheBody() throws Exception {
        HttpResponse<String> response = post("/evaluation", "nonsense", "text/plain", null);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"gravitee-io\"", "Basic realm=\"gravitee-io\"");
        assertThat(audited)
                .singleElement()
                .satisfies(entry -> assertThat(entry.throwable()).isNotNull());
    }

    @Test
    void auditsAWrongSecretWithTheClient() throws Exception {
        assertThat(post("/evaluation", "{}", "application/json", basic("billing-mcp:wrong"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(audited).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo("CLIENT_AUTHENTICATION");
            assertThat(entry.actorId()).isEqualTo("billing-id");
            assertThat(entry.throwable().getMessage()).doesNotContain("wrong\"");
        });
    }

    @Test
    void refusesAUsersTokenAsCredential() throws Exception {
        HttpResponse<String> response =
                post("/evaluation", question("alice", "list_invoices", null), "application/json", "Bearer user-token");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"gravitee-io\", error=\"invalid_token\"");
    }

    @Test
    void refusesWhatIsNotJson() throws Exception {
        assertThat(evaluateAs("text/plain", question("alice", "list_invoices", null))
                        .statusCode())
                .isEqualTo(400);
        assertThat(evaluateAs("application/json; charset=utf-8", question("alice", "list_invoices", null))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesMalformedQuestions() throws Exception {
        for (String body : List.of(
                "",
                "[]",
                "{",
                "{\"subject\":{\"type\":\"user\",\"id\":\"a\"}}",
                "{\"subject\":\"alice\",\"action\":{\"name\":\"x\"},\"resource\":{\"type\":\"t\",\"id\":\"i\"}}",
                "{\"action\":{\"name\":\"x\"},\"action\":{\"name\":\"y\"}}")) {
            HttpResponse<String> response = evaluate(body);
            assertThat(response.statusCode()).as(body).isEqualTo(400);
            assertThat(response.body()).as(body).isNotBlank();
        }
    }

    @Test
    void refusesBadUtf8() throws Exception {
        byte[] body = question("alice", "list_invoices", null).getBytes(StandardCharsets.UTF_8);
        body[body.length - 4] = (byte) 0xff;
        HttpRequest request = request("/evaluation", basic("billing-mcp:s2"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("UTF-8");
    }

    @Test
    void refusesAHugeBody() throws Exception {
        assertThat(evaluate("{\"x\":\"" + "a".repeat(1024 * 1024) + "\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void answersOtherMethodsWith405() throws Exception {
        HttpRequest get = request("/evaluation", basic("billing-mcp:s2")).GET().build();
        HttpResponse<String> response = http.send(get, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void returnsTheRequestIdOnEveryAnswer() throws Exception {
        for (String authorization : List.of(basic("billing-mcp:s2"), basic("billing-mcp:no"))) {
            for (String body : List.of(question("alice", "list_invoices", null), "{")) {
                HttpRequest request = request("/evaluation", authorization)
                        .header("Content-Type", "application/json")
                        .header("X-Request-ID", "id-~42")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                assertThat(http.send(request, HttpResponse.BodyHandlers.ofString())
                                .headers()
                                .allValues("X-Request-ID"))
                        .containsExactly("id-~42");
            }
        }
    }

    @Test
    void leavesNothingBehindWhenItStops() throws Exception {
        provider.stop();
        assertThat(evaluate(question("alice", "list_invoices", null)).statusCode())
                .isEqualTo(404);
        provider.start();
    }

    private HttpResponse<String> evaluate(String body) throws IOException, InterruptedException {
        return evaluateAs("application/json", body);
    }

    private HttpResponse<String> evaluateAs(String contentType, String body) throws IOException, InterruptedException {
        return post("/evaluation", body, contentType, basic("billing-mcp:s2"));
    }

    private HttpResponse<String> post(String path, String body, String contentType, String authorization)
            throws IOException, InterruptedException {
        HttpRequest request = request(path, authorization)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.actualPort() + "/demo/access/v1" + path));
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private static String question(String user, String tool, String token) {
        return "{\"subject\":{\"type\":\"user\",\"id\":\"" + user + "\"},\"action\":{\"name\":\"can_call\"},"
                + "\"resource\":{\"type\":\"tool\",\"id\":\"" + tool + "\"}"
                + (token == null ? "" : ",\"context\":{\"access_token\":\"" + token + "\"}") + "}";
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitCatalogue(ProtectedResourceCatalogue catalogue) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            try {
                if (catalogue.servers().stream().allMatch(each -> each.isLoaded())) {
                    return;
                }
            } catch (IllegalStateException notListed) {
                // Loading happens on another thread.
            }
            Thread.sleep(10);
        }
        throw new AssertionError("The catalogue was not loaded within two seconds.");
    }

    private void registerDomain() {
        Domain domain = new Domain("demo");
        domain.setPath("/demo");
        ClientSyncService applications = mock();
        ProtectedResourceSyncService mcpServers = mock();
        SecretService secrets = mock();
        ProtectedResourceRepository repository = mock();
        ProtectedResourceManager manager = mock();
        SubjectManager subjects = mock();
        User alice = new User();
        alice.setUsername("alice");
        when(applications.findByClientId(anyString())).thenReturn(Maybe.empty());
        when(mcpServers.findByClientId(anyString())).thenReturn(Maybe.empty());
        when(mcpServers.findByClientId("billing-mcp"))
                .thenReturn(Maybe.just(billing().toClient()));
        when(secrets.validateSecret(any(), anyString()))
                .thenAnswer(call -> call.getArgument(1).equals("s2"));
        when(repository.findByDomain("demo")).thenReturn(Flowable.just(billing()));
        when(repository.findById("billing-id")).thenReturn(Maybe.just(billing()));
        when(manager.entities()).thenReturn(List.of());
        when(subjects.findUserBySub(any())).thenReturn(Maybe.just(alice));
        when(introspection.introspect(anyString(), anyBoolean()))
                .thenReturn(Maybe.just(new JWT(Map.of(
                        "sub", "opaque",
                        "gis", "idp:1",
                        "aud", MCP,
                        "domain", "demo",
                        "scope", "invoices:read",
                        "client_id", "agent",
                        "iat", 1_700_000_000L))));
        doAnswer(call -> {
                    Handler<AsyncResult<Object>> handler = call.getArgument(1);
                    handler.handle(Future.failedFuture("a user's token"));
                    return null;
                })
                .when(bearer)
                .decodeToken(anyString(), any());
        when(engines.getDefault()).thenReturn(Maybe.just(engine));
        when(engine.check(any())).thenAnswer(call -> {
            asked.add(call.getArgument(0));
            return Single.just(new AuthorizationEngineResponse(true, Map.of()));
        });
        bean("vertx", Vertx.class, vertx);
        bean("router", Router.class, router);
        bean("domain", Domain.class, domain);
        bean("clients", ClientSyncService.class, applications);
        bean("resources", ProtectedResourceSyncService.class, mcpServers);
        bean("secrets", SecretService.class, secrets);
        bean("bearer", OAuth2AuthProvider.class, bearer);
        bean("repository", ProtectedResourceRepository.class, repository);
        bean("manager", ProtectedResourceManager.class, manager);
        bean("events", EventManager.class, mock(EventManager.class));
        bean("AccessTokenIntrospection", IntrospectionTokenService.class, introspection);
        bean("RefreshTokenIntrospection", IntrospectionTokenService.class, mock(IntrospectionTokenService.class));
        bean("subjects", SubjectManager.class, subjects);
        bean("accessTokens", AccessTokenRepository.class, mock(AccessTokenRepository.class));
        bean("engines", AuthorizationEngineManager.class, engines);
        bean("audit", AuditService.class, builder -> audited.add(builder.toContractEntry()));
        domainContext.refresh();
    }

    private <T> void bean(String name, Class<T> type, T instance) {
        domainContext.registerBean(name, type, () -> instance);
    }

    private static ProtectedResource billing() {
        ProtectedResource billing = new ProtectedResource();
        billing.setId("billing-id");
        billing.setClientId("billing-mcp");
        billing.setDomainId("demo");
        billing.setResourceIdentifiers(List.of(MCP));
        billing.setClientSecrets(List.of(new ClientSecret()));
        billing.setFeatures(List.of(tool("list_invoices", "invoices:read"), tool("refund", "invoices:write")));
        return billing;
    }

    private static McpTool tool(String key, String scope) {
        McpTool tool = new McpTool();
        tool.setKey(key);
        tool.setScopes(List.of(scope));
        return tool;
    }
}
