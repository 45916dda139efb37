package io.mcpaccess.sandbox.gateway;

import io.gravitee.am.gateway.handler.api.Protocol;
import io.gravitee.am.repository.oauth2.api.AccessTokenRepository;
import io.gravitee.plugin.core.api.Plugin;
import io.gravitee.plugin.core.api.PluginClassLoaderFactory;
import io.mcpaccess.sandbox.am.RootContext;
import io.mcpaccess.sandbox.am.TableRepositories;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.gateway.am.RootReactor;
import io.mcpaccess.sandbox.node.NodeBase;
import io.mcpaccess.sandbox.node.NodeHealth;
import io.mcpaccess.sandbox.node.NodeMetrics;
import io.mcpaccess.sandbox.plugin.AmPluginHandler;
import io.mcpaccess.sandbox.plugin.ProtocolPlugins;
import io.mcpaccess.sandbox.shared.Address;
import io.mcpaccess.sandbox.shared.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * AM's gateway: binds its port, loads the plugins, deploys the domains, and hears of changes on the management node. Starting blocks;
 * requests run on Vert.x event loops.
 */
public final class GatewayNode extends NodeBase {
    @Override
    protected Address open(NodeSettings given) throws Exception {
        NodeMetrics metrics = begin("gateway");
        Vertx vertx = vertx(metrics);
        Router router = Router.router(vertx);
        router.get(NodeMetrics.PATH)
                .handler(context -> context.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.scrape()));
        router.get("/")
                .handler(context -> given.database()
                        .table(START_PAGE)
                        .find(START_PAGE)
                        .ifPresentOrElse(page -> context.redirect(page), context::next));
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(router)
                .listen(given.address().port(), given.address().host()));
        Address address = new Address(given.address().host(), server.actualPort());
        NodeSettings settings = given.withDefaults(Map.of("gateway.url", address.url()));

        AnnotationConfigApplicationContext root = rootContext(settings, vertx, router);
        closing(root::close);
        root.refresh();
        loadPlugins(root, settings);
        serveHealth(root, router);
        deployDomains(root, router);
        hearTheOtherNode(root, settings);
        return address;
    }

    private static AnnotationConfigApplicationContext rootContext(NodeSettings settings, Vertx vertx, Router router) {
        AnnotationConfigApplicationContext root = RootContext.create(settings, Clock.systemUTC());
        ProtocolPlugins protocols = new ProtocolPlugins();
        root.registerBean("protocolPlugins", ProtocolPlugins.class, () -> protocols);
        root.registerBean("protocolPluginHandler", AmPluginHandler.class, () -> protocolHandler(root, protocols));
        root.registerBean(
                "vertx", io.vertx.rxjava3.core.Vertx.class, () -> io.vertx.rxjava3.core.Vertx.newInstance(vertx));
        root.registerBean(
                "reactor",
                RootReactor.class,
                () -> new RootReactor(io.vertx.rxjava3.ext.web.Router.newInstance(router)));
        root.registerBean(
                "accessTokenRepository",
                AccessTokenRepository.class,
                () -> new TableRepositories.AccessTokens(root.getBean(Tables.class)));
        return root;
    }

    @SuppressWarnings("unchecked")
    private static AmPluginHandler<Protocol<?, ?>> protocolHandler(
            AnnotationConfigApplicationContext root, ProtocolPlugins protocols) {
        PluginClassLoaderFactory<Plugin> loaders = root.getBean(PluginClassLoaderFactory.class);
        return new AmPluginHandler<>(ProtocolPlugins.TYPE, Protocol.class, protocols, loaders);
    }

    private void deployDomains(AnnotationConfigApplicationContext root, Router router) throws Exception {
        List<DomainRow> domains = root.getBean(Tables.class)
                .domains()
                .where(row -> true)
                .sorted(Comparator.comparing(DomainRow::id))
                .toList();
        for (DomainRow domain : domains) {
            DomainDeployment deployment = new DomainDeployment(root, domain);
            closing(deployment::stop);
            router.route(domain.path() + "/*").subRouter(deployment.start());
        }
    }

    private static void serveHealth(AnnotationConfigApplicationContext root, Router router) {
        NodeHealth health = root.getBean(NodeHealth.class);
        router.get(NodeHealth.PATH)
                .handler(context -> Future.fromCompletionStage(health.check(), Vertx.currentContext())
                        .onSuccess(results -> context.response()
                                .setStatusCode(NodeHealth.status(results))
                                .putHeader("Content-Type", "application/json")
                                .end(Json.encode(results)))
                        .onFailure(context::fail));
    }

    private static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
