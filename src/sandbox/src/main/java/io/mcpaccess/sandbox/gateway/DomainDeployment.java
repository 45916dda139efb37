package io.mcpaccess.sandbox.gateway;

import io.gravitee.am.gateway.handler.api.ProtocolProvider;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.gateway.handler.common.oauth2.IntrospectionTokenService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceSyncService;
import io.gravitee.am.gateway.handler.common.user.UserGatewayService;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.provider.OAuth2AuthProvider;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.common.event.Payload;
import io.gravitee.am.plugins.dataplane.core.DataPlaneRegistry;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.gravitee.am.repository.management.api.ProtectedResourceRepository;
import io.gravitee.am.service.impl.SecretService;
import io.gravitee.common.event.EventListener;
import io.gravitee.plugin.core.api.Plugin;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.am.ContentEvent;
import io.mcpaccess.sandbox.am.DomainEventManager;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.FlowRow;
import io.mcpaccess.sandbox.data.FormRow;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.gateway.am.Clients;
import io.mcpaccess.sandbox.gateway.am.EngineManager;
import io.mcpaccess.sandbox.gateway.am.McpServerManager;
import io.mcpaccess.sandbox.gateway.am.TokenServices;
import io.mcpaccess.sandbox.gateway.am.Users;
import io.mcpaccess.sandbox.gateway.flow.Flows;
import io.mcpaccess.sandbox.gateway.flow.Flows.ExtensionPoint;
import io.mcpaccess.sandbox.gateway.oauth.ClientDocuments;
import io.mcpaccess.sandbox.gateway.oauth.DomainKeys;
import io.mcpaccess.sandbox.gateway.oauth.OAuthRoutes;
import io.mcpaccess.sandbox.gateway.oauth.Subjects;
import io.mcpaccess.sandbox.gateway.oauth.TokenVerifier;
import io.mcpaccess.sandbox.gateway.page.Pages;
import io.mcpaccess.sandbox.plugin.AuthorizationEnginePlugins;
import io.mcpaccess.sandbox.plugin.ProtocolPlugins;
import io.mcpaccess.sandbox.shared.Closer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.Environment;

/** One domain on the gateway: its Spring context, child of the node's; its router; its endpoints and its protocol plugins. */
final class DomainDeployment {
    private static final String CONTEXT_PATH = "contextPath";

    private final ApplicationContext root;
    private final SecurityDomain domain;
    private final Vertx vertx;
    private final ClientDocuments documents;
    private final Closer parts = new Closer();

    DomainDeployment(ApplicationContext root, DomainRow row) {
        this.root = root;
        this.vertx = root.getBean(io.vertx.rxjava3.core.Vertx.class).getDelegate();
        Environment environment = root.getEnvironment();
        String entrypoint = row.entrypoint() == null ? environment.getProperty("gateway.url") : row.entrypoint();
        this.domain = new SecurityDomain(
                row,
                entrypoint.replaceAll("/+$", "") + row.path(),
                root.getBean(Tables.class),
                new DomainKeys(),
                new SecurityDomain.Lifetimes(
                        60,
                        environment.getProperty("sandbox.accessTokenSeconds", Long.class, 7200L),
                        environment.getProperty("sandbox.refreshTokenSeconds", Long.class, 14400L),
                        14400,
                        2592000),
                root.getBean(Clock.class));
        this.documents = new ClientDocuments(domain, vertx);
        parts.add(documents::close);
    }

    /**
     * Starts the domain.
     *
     * @return its router, to be mounted at its path
     * @throws Exception where a manager does not start; a plugin that fails is missing instead
     */
    Router start() throws Exception {
        Router router = Router.router(vertx);
        AnnotationConfigApplicationContext context = context(router);
        parts.add(context::close);
        ProtectedResourceManager resources = context.getBean(ProtectedResourceManager.class);
        resources.start();
        parts.add(resources::stop);
        AuthorizationEngineManager engines = context.getBean(AuthorizationEngineManager.class);
        engines.start();
        parts.add(engines::stop);

        Flows flows = new Flows(context, flowRows(), domain.clock());
        Pages pages = new Pages(formRows(), domain.row().consent());
        follow(flows, pages);
        mountRoot(router, flows);
        parts.add(new OAuthRoutes(domain, vertx, router).mount(endpointBeans(context), flows, pages)::close);
        for (ProtocolProvider provider : root.getBean(ProtocolPlugins.class).createAll(context)) {
            parts.add(provider::stop);
        }
        router.route().last().handler(DomainDeployment::notFound);
        return router;
    }

    private Stream<FlowRow> flowRows() {
        return domain.tables().flows().where(row -> row.domain().equals(domain.id()));
    }

    private Stream<FormRow> formRows() {
        return domain.tables().forms().where(row -> row.domain().equals(domain.id()));
    }

    /** AM's FlowManager and FormManager: what the management node wrote counts without a restart. */
    private void follow(Flows flows, Pages pages) {
        DomainEventManager events = root.getBean(DomainEventManager.class);
        EventListener<ContentEvent, Payload> listener = event -> {
            switch (event.type()) {
                case FLOWS -> flows.load(flowRows());
                case FORMS -> pages.load(formRows());
            }
        };
        events.subscribeForEvents(listener, ContentEvent.class, domain.id());
        parts.add(() -> events.unsubscribeForEvents(listener, ContentEvent.class, domain.id()));
    }

    /** Stops plugins, managers and the context, each whatever the others do. */
    void stop() throws Exception {
        parts.close();
    }

    /** What AM's root protocol does before any other: the context path, the body, the policies at ROOT. */
    private void mountRoot(Router router, Flows flows) {
        BodyHandler bodies = BodyHandler.create(false);
        router.route().handler(context -> {
            context.put(CONTEXT_PATH, domain.row().path());
            context.next();
        });
        router.route().handler(context -> {
            if (HttpMethod.GET.equals(context.request().method())) {
                context.next();
            } else {
                bodies.handle(context);
            }
        });
        router.route()
                .handler(context -> flows.run(ExtensionPoint.ROOT, null, context)
                        .onSuccess(done -> context.next())
                        .onFailure(context::fail));
    }

    private AnnotationConfigApplicationContext context(Router router) {
        Tables tables = domain.tables();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setParent(root);
        context.setClassLoader(Plugin.class.getClassLoader());
        DomainEventManager events = root.getBean(DomainEventManager.class);
        McpServerManager resources =
                new McpServerManager(domain.id(), root.getBean(ProtectedResourceRepository.class), events);
        EngineManager engines = new EngineManager(
                domain.id(),
                root.getBean(AuthorizationEngineRepository.class),
                root.getBean(AuthorizationEnginePlugins.class),
                events);
        TokenVerifier access = new TokenVerifier(domain, tables.accessTokens(), resources);
        TokenVerifier refresh = new TokenVerifier(domain, tables.refreshTokens(), resources);
        Clients.Applications applications = new Clients.Applications(domain.id(), tables, documents::find);

        context.registerBean("domain", Domain.class, () -> AmModels.domain(domain.row()));
        context.registerBean(
                "router",
                io.vertx.rxjava3.ext.web.Router.class,
                () -> io.vertx.rxjava3.ext.web.Router.newInstance(router));
        context.registerBean(
                "corsHandler",
                io.vertx.rxjava3.ext.web.handler.CorsHandler.class,
                () -> io.vertx.rxjava3.ext.web.handler.CorsHandler.newInstance(OAuthRoutes.cors()));
        context.registerBean("clientSyncService", ClientSyncService.class, () -> applications);
        context.registerBean(
                "protectedResourceSyncService",
                ProtectedResourceSyncService.class,
                () -> new Clients.McpServers(domain.id(), tables));
        context.registerBean("protectedResourceManager", McpServerManager.class, () -> resources);
        context.registerBean("authorizationEngineManager", EngineManager.class, () -> engines);
        context.registerBean("subjectManager", SubjectManager.class, () -> new Subjects(domain.id(), tables));
        context.registerBean("userService", UserGatewayService.class, () -> new Users(domain.id(), tables));
        context.registerBean(
                "oAuth2AuthProvider",
                OAuth2AuthProvider.class,
                () -> new TokenServices.BearerTokens(access, applications));
        context.registerBean(
                "AccessTokenIntrospection",
                IntrospectionTokenService.class,
                () -> new TokenServices.Introspection(access));
        context.registerBean(
                "RefreshTokenIntrospection",
                IntrospectionTokenService.class,
                () -> new TokenServices.Introspection(refresh));
        context.refresh();
        return context;
    }

    private OAuthRoutes.Beans endpointBeans(ApplicationContext context) {
        ProtectedResourceManager resources = context.getBean(ProtectedResourceManager.class);
        return new OAuthRoutes.Beans(
                context.getBean(ClientSyncService.class),
                context.getBean(ProtectedResourceSyncService.class),
                resources,
                context.getBean(SecretService.class),
                context.getBean(DataPlaneRegistry.class).getScopeApprovalRepository(context.getBean(Domain.class)),
                new TokenVerifier(domain, domain.tables().accessTokens(), resources),
                new TokenVerifier(domain, domain.tables().refreshTokens(), resources),
                documents);
    }

    private static void notFound(RoutingContext context) {
        context.response()
                .setStatusCode(404)
                .putHeader("Content-Type", "text/plain")
                .end("No endpoint matches the request");
    }
}
