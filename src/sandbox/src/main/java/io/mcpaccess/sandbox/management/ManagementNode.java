package io.mcpaccess.sandbox.management;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.sandbox.am.RootContext;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.management.am.DomainCheck;
import io.mcpaccess.sandbox.management.am.Engines;
import io.mcpaccess.sandbox.management.am.TableAuditSearch;
import io.mcpaccess.sandbox.management.am.TablePermissionService;
import io.mcpaccess.sandbox.management.rest.ManagementApplication;
import io.mcpaccess.sandbox.node.NodeBase;
import io.mcpaccess.sandbox.node.NodeHealth;
import io.mcpaccess.sandbox.node.NodeMetrics;
import io.mcpaccess.sandbox.plugin.AuthorizationEnginePlugins;
import io.mcpaccess.sandbox.shared.Address;
import io.mcpaccess.sandbox.shared.NodeSettings;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.servlet.ServletContainer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** AM's management API. Starting blocks; requests run on Jetty's threads and may block. */
public final class ManagementNode extends NodeBase {
    private DomainCheck check;

    @Override
    public List<String> mistakes() {
        return check.mistakes();
    }

    @Override
    protected Address open(NodeSettings settings) throws Exception {
        NodeMetrics metrics = begin("management");
        Vertx vertx = vertx(metrics);

        AnnotationConfigApplicationContext root = RootContext.create(settings, Clock.systemUTC());
        closing(root::close);
        root.registerBean(
                "vertx", io.vertx.rxjava3.core.Vertx.class, () -> io.vertx.rxjava3.core.Vertx.newInstance(vertx));
        root.registerBean(
                "permissionService",
                TablePermissionService.class,
                () -> new TablePermissionService(root.getBean(Tables.class)));
        root.registerBean(
                "auditSearch",
                TableAuditSearch.class,
                () -> new TableAuditSearch(root.getBean(Tables.class), new ObjectMapper()));
        root.refresh();
        loadPlugins(root, settings);
        Engines engines = new Engines(
                root.getBean(Tables.class),
                root.getBean(AuthorizationEnginePlugins.class),
                settings.events(),
                root.getBean(Clock.class));
        closing(engines::stop);
        hearTheOtherNode(root, settings);
        check = new DomainCheck(
                root.getBean(Tables.class),
                root.getBean(AuthorizationEnginePlugins.class),
                ManagementApplication.policies(root),
                engines);
        return serve(settings, root, engines, metrics);
    }

    private Address serve(
            NodeSettings settings, AnnotationConfigApplicationContext root, Engines engines, NodeMetrics metrics)
            throws Exception {
        Address address = settings.address();
        Server server = new Server(new InetSocketAddress(address.host(), address.port()));
        closing(server::stop);
        ServletContextHandler servlets = new ServletContextHandler();
        servlets.setContextPath("/");
        servlets.addServlet(new ServletHolder(new MetricsServlet(metrics)), NodeMetrics.PATH);
        servlets.addServlet(new ServletHolder(new AuditsServlet(root.getBean(Tables.class))), AuditsServlet.PATH);
        servlets.addServlet(new ServletHolder(new HealthServlet(root.getBean(NodeHealth.class))), NodeHealth.PATH);
        String gateway = settings.properties().getOrDefault("gateway.url", "");
        servlets.addServlet(
                new ServletHolder(new StartServlet(new StartPage(root.getBean(Tables.class), gateway))), "");
        ServletHolder jersey =
                new ServletHolder(new ServletContainer(new ManagementApplication(root, engines, settings.events())));
        jersey.setAsyncSupported(true);
        servlets.addServlet(jersey, "/management/*");
        server.setHandler(servlets);
        server.start();
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        Address served = new Address(address.host(), port);
        settings.database().table(START_PAGE).save(START_PAGE, served.url() + "/");
        return served;
    }
}
