package io.mcpaccess.authzen.testing;

import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.common.event.EventManager;
import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.gateway.handler.common.oauth2.IntrospectionTokenService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceSyncService;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.provider.OAuth2AuthProvider;
import io.gravitee.am.gateway.reactor.Reactor;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.User;
import io.gravitee.am.model.application.ClientSecret;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.repository.management.api.ProtectedResourceRepository;
import io.gravitee.am.repository.oauth2.api.AccessTokenRepository;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.impl.SecretService;
import io.mcpaccess.authzen.AuthZenConfiguration;
import io.mcpaccess.authzen.AuthZenProtocol;
import io.mcpaccess.authzen.AuthZenProvider;
import io.mcpaccess.authzen.catalogue.ProtectedResourceCatalogue;
import io.mcpaccess.contract.AuditEntry;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
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
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The plugin in one domain, wired as AM wires it and served over HTTP, with AM's services played by mocks: the MCP server
 * {@code billing-mcp} (secret {@code s2}) with two tools, and the application {@code agent} (secret {@code s}).
 */
public final class AmDomain implements AutoCloseable {

    public static final String MCP = "http://127.0.0.1:9100/mcp";

    public final AuthorizationEngineManager engines = mock();
    public final IntrospectionTokenService introspection = mock();
    public final OAuth2AuthProvider bearer = mock();
    public final SecretService secrets = mock();
    public final ClientSyncService applications = mock();
    public final ProtectedResource billing = billing();
    public final Domain domain = new Domain("demo");
    public final List<AuditEntry> audited = new CopyOnWriteArrayList<>();
    public volatile AuditService audit = builder -> audited.add(builder.toContractEntry());
    public final AnnotationConfigApplicationContext domainContext = new AnnotationConfigApplicationContext();
    public AuthZenProvider provider;

    private final Vertx vertx = Vertx.vertx();
    private final Router router = Router.router(vertx);
    private final Router root = Router.router(vertx);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;

    /**
     * A domain that is not started yet.
     *
     * @param settings keys of gravitee.yml
     */
    public AmDomain(Map<String, Object> settings) {
        domain.setPath("/demo");
        domainContext.getEnvironment().getPropertySources().addFirst(new MapPropertySource("gravitee.yml", settings));
    }

    /** A domain whose engine is given, started. */
    public static AmDomain startedWith(AuthorizationEngineProvider engine) throws Exception {
        AmDomain domain = new AmDomain(Map.of());
        domain.engine(engine);
        domain.start();
        return domain;
    }

    /** Sets the domain's engine; none for {@code null}. */
    public void engine(AuthorizationEngineProvider engine) {
        when(engines.getDefault()).thenReturn(engine == null ? Maybe.empty() : Maybe.just(engine));
    }

    /** Adds a bean of AM's, before the start. */
    public <T> void bean(String name, Class<T> type, T instance) {
        domainContext.registerBean(name, type, () -> instance);
    }

    /** Starts as AM does: the plugin's context below the domain's, the provider by its constructor. */
    public void start() throws Exception {
        registerBeans();
        AnnotationConfigApplicationContext pluginContext = new AnnotationConfigApplicationContext();
        pluginContext.setParent(domainContext);
        pluginContext.register(AuthZenConfiguration.class, AuthZenProtocol.class);
        pluginContext.refresh();
        AuthZenProtocol protocol = pluginContext.getBean(AuthZenProtocol.class);
        provider = protocol.provider().getDeclaredConstructor().newInstance();
        pluginContext.getAutowireCapableBeanFactory().autowireBean(provider);
        provider.setApplicationContext(pluginContext);
        provider.start();
        // AM's discovery answers every path of this kind below a domain.
        router.get("/.well-known/*").handler(routing -> routing.end("discovery"));
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

    /** Asks an endpoint below {@code /demo/access/v1} as the MCP server. */
    public HttpResponse<String> ask(String path, String body) throws IOException, InterruptedException {
        return ask(path, body, "application/json", basic("billing-mcp:s2"));
    }

    /** Asks an endpoint below {@code /demo/access/v1}. */
    public HttpResponse<String> ask(String path, String body, String contentType, String authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request("/demo/access/v1" + path, authorization).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(contentType == null ? request : request.header("Content-Type", contentType));
    }

    /** Begins a request to any path of the gateway. */
    public HttpRequest.Builder request(String path, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.actualPort() + path))
                .timeout(Duration.ofSeconds(10));
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    /** Sends a request. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The gateway's port. */
    public int port() {
        return server.actualPort();
    }

    /** HTTP Basic for {@code id:secret}. */
    public static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** A question about a tool, with a token unless it is {@code null}. */
    public static String question(String user, String tool, String token) {
        return "{\"subject\":{\"type\":\"user\",\"id\":\"" + user + "\"},\"action\":{\"name\":\"can_call\"},"
                + "\"resource\":{\"type\":\"tool\",\"id\":\"" + tool + "\"}"
                + (token == null ? "" : ",\"context\":{\"access_token\":\"" + token + "\"}") + "}";
    }

    @Override
    public void close() {
        try {
            provider.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The plugin did not stop.", e);
        }
        domainContext.close();
        vertx.getDelegate().close().toCompletionStage().toCompletableFuture().join();
    }

    private void registerBeans() {
        ProtectedResourceSyncService mcpServers = mock();
        ProtectedResourceRepository repository = mock();
        ProtectedResourceManager manager = mock();
        SubjectManager subjects = mock();
        Reactor reactor = mock();
        User alice = new User();
        alice.setUsername("alice");
        when(applications.findByClientId(anyString())).thenReturn(Maybe.empty());
        when(applications.findByClientId("agent")).thenReturn(Maybe.just(agent()));
        when(mcpServers.findByClientId(anyString())).thenReturn(Maybe.empty());
        when(mcpServers.findByClientId("billing-mcp")).thenReturn(Maybe.just(billing.toClient()));
        when(secrets.validateSecret(any(), anyString()))
                .thenAnswer(call -> call.getArgument(1)
                        .equals(call.<Client>getArgument(0).getClientId().equals("agent") ? "s" : "s2"));
        when(repository.findByDomain("demo")).thenReturn(Flowable.just(billing));
        when(repository.findById("billing-id")).thenReturn(Maybe.just(billing));
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
        when(reactor.route()).thenReturn(root);
        doAnswer(call -> {
                    Handler<AsyncResult<Object>> handler = call.getArgument(1);
                    handler.handle(Future.failedFuture("a user's token"));
                    return null;
                })
                .when(bearer)
                .decodeToken(anyString(), any());
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
        bean("reactor", Reactor.class, reactor);
        bean("audit", AuditService.class, builder -> audit.report(builder));
        domainContext.refresh();
    }

    /** Loading happens on another thread. */
    private static void awaitCatalogue(ProtectedResourceCatalogue catalogue) {
        await("the catalogue is loaded")
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .ignoreException(IllegalStateException.class)
                .until(() -> catalogue.servers().stream().allMatch(each -> each.isLoaded()));
    }

    private static Client agent() {
        Client agent = new Client();
        agent.setId("agent-id");
        agent.setClientId("agent");
        agent.setDomain("demo");
        agent.setClientSecrets(List.of(new ClientSecret()));
        return agent;
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
