package io.mcpaccess.guard.proxy;

import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.servlet.McpGuardFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The guard in front of any MCP server that speaks Streamable HTTP. */
public final class GuardProxy implements AutoCloseable {
    private static final int THREADS = 300;
    private static final int CONNECTIONS = 4096;
    private static final int BEATING = 4;

    private final Server jetty;
    private final IdleWatch idle;
    private final ScheduledExecutorService beats;
    private final String url;

    private GuardProxy(Server jetty, IdleWatch idle, ScheduledExecutorService beats, String url) {
        this.jetty = jetty;
        this.idle = idle;
        this.beats = beats;
        this.url = url;
    }

    /**
     * Starts a proxy.
     *
     * @param settings where to listen, what stands behind, and the server's place at AM
     * @return the running proxy; close it to stop
     * @throws Exception when the port is taken
     */
    public static GuardProxy start(ProxySettings settings) throws Exception {
        Server jetty = new Server(new QueuedThreadPool(THREADS));
        ServerConnector connector = new ProxyConnector(jetty);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        jetty.addConnector(connector);
        jetty.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));

        IdleWatch idle = new IdleWatch(settings.idleTimeout());
        ScheduledExecutorService beats = Executors.newScheduledThreadPool(BEATING, task -> {
            Thread thread = new Thread(task, "proxy-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        String path = settings.guard().resource().uri().getPath();
        ServletContextHandler context = new ServletContextHandler("/");
        context.addFilter(
                new FilterHolder(new McpGuardFilter(new McpGuard(settings.guard()))),
                "/*",
                EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new UpstreamServlet(settings, idle, beats)), path.isEmpty() ? "/" : path);
        jetty.setHandler(context);
        jetty.start();
        return new GuardProxy(jetty, idle, beats, "http://" + settings.host() + ":" + connector.getLocalPort() + path);
    }

    /**
     * @return where the proxy listens, with its path
     */
    public String url() {
        return url;
    }

    /** Waits until the proxy has stopped. */
    private void join() throws InterruptedException {
        jetty.join();
    }

    @Override
    public void close() {
        LifeCycle.stop(jetty);
        idle.close();
        beats.shutdownNow();
    }

    /**
     * Runs the proxy until it is told to stop (SIGTERM).
     *
     * @param arguments see {@link ProxySettings#USAGE}
     * @throws Exception when it cannot start
     */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.println(ProxySettings.USAGE);
            return;
        }
        ProxySettings settings;
        try {
            settings = ProxySettings.read(List.of(arguments), System.getenv());
        } catch (IllegalArgumentException wrong) {
            System.err.println("GuardProxy: " + wrong.getMessage() + "\n" + ProxySettings.USAGE);
            System.exit(2);
            return;
        }
        // Node.js closes a connection that is idle for five seconds; a request on it would be lost.
        System.setProperty("jdk.httpclient.keepalive.timeout", "4");
        GuardProxy proxy = start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close));
        System.out.println("guard ready " + proxy.url());
        proxy.join();
    }
}
