package io.mcpaccess.sandbox.management;

import io.mcpaccess.sandbox.am.DomainEventManager;
import io.mcpaccess.sandbox.am.RootContext;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.management.am.Engines;
import io.mcpaccess.sandbox.management.am.TablePermissionService;
import io.mcpaccess.sandbox.management.rest.ManagementApplication;
import io.mcpaccess.sandbox.node.NodeEvents;
import io.mcpaccess.sandbox.node.NodeHealth;
import io.mcpaccess.sandbox.node.NodeLogging;
import io.mcpaccess.sandbox.node.NodeMetrics;
import io.mcpaccess.sandbox.plugin.AuthorizationEnginePlugins;
import io.mcpaccess.sandbox.plugin.PluginRegistryLoader;
import io.mcpaccess.sandbox.shared.Address;
import io.mcpaccess.sandbox.shared.Closer;
import io.mcpaccess.sandbox.shared.Node;
import io.mcpaccess.sandbox.shared.NodeSettings;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.servlet.ServletContainer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** AM's management API. Starting blocks; requests run on Jetty's threads and may block. */
public final class ManagementNode implements Node {
    private final Closer parts = new Closer();

    @Override
    public Address start(NodeSettings settings) throws Exception {
        try {
            return open(settings);
        } catch (Exception e) {
            stop();
            throw e;
        }
    }

    @Override
    public void stop() throws Exception {
        parts.close();
    }

    private Address open(NodeSettings settings) throws Exception {
        NodeLogging.start("management");
        NodeMetrics metrics = new NodeMetrics();
        parts.add(metrics::close);
        Vertx vertx = metrics.vertx();
        parts.add(() -> vertx.close().toCompletionStage().toCompletableFuture().get());

        AnnotationConfigApplicationContext root = RootContext.create(settings, Clock.systemUTC());
        parts.add(root::close);
        root.registerBean(
                "vertx", io.vertx.rxjava3.core.Vertx.class, () -> io.vertx.rxjava3.core.Vertx.newInstance(vertx));
        root.registerBean(
                "permissionService",
                TablePermissionService.class,
                () -> new TablePermissionService(root.getBean(Tables.class)));
        root.refresh();
        if (settings.plugins() != null) {
            PluginRegistryLoader.load(root, settings.plugins(), settings.workDirectory());
        }
        Engines engines = new Engines(
                root.getBean(Tables.class),
                root.getBean(AuthorizationEnginePlugins.class),
                settings.events(),
                root.getBean(Clock.class));
        parts.add(engines::stop);
        NodeEvents events = new NodeEvents(settings.events(), root.getBean(DomainEventManager.class));
        parts.add(events::close);
        return serve(settings, root, engines, metrics);
    }

    private Address serve(
            NodeSettings settings, AnnotationConfigApplicationContext root, Engines engines, NodeMetrics metrics)
            throws Exception {
        Address address = settings.address();
        Server server = new Server(new InetSocketAddress(address.host(), address.port()));
        parts.add(server::stop);
        ServletContextHandler servlets = new ServletContextHandler();
        servlets.setContextPath("/");
        servlets.addServlet(new ServletHolder(new MetricsServlet(metrics)), NodeMetrics.PATH);
        servlets.addServlet(new ServletHolder(new AuditsServlet(root.getBean(Tables.class))), AuditsServlet.PATH);
        servlets.addServlet(new ServletHolder(new HealthServlet(root.getBean(NodeHealth.class))), NodeHealth.PATH);
        ServletHolder jersey =
                new ServletHolder(new ServletContainer(new ManagementApplication(root, engines, settings.events())));
        jersey.setAsyncSupported(true);
        servlets.addServlet(jersey, "/management/*");
        server.setHandler(servlets);
        server.start();
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return new Address(address.host(), port);
    }
}
