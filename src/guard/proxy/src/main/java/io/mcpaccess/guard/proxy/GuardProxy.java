package io.mcpaccess.guard.proxy;

import io.mcpaccess.guard.proxy.front.Connections;
import io.mcpaccess.guard.proxy.front.Front;
import io.mcpaccess.guard.proxy.front.Listener;
import io.mcpaccess.guard.proxy.front.Routes;
import io.mcpaccess.guard.proxy.identity.SigningKey;
import io.mcpaccess.guard.proxy.observe.Seen;
import io.mcpaccess.guard.proxy.observe.Traces;
import io.mcpaccess.guard.proxy.settings.Flags;
import io.mcpaccess.guard.proxy.settings.ListenSettings;
import io.mcpaccess.guard.proxy.settings.ProxySettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The guard in front of MCP servers in any language, as a program of its own. */
public final class GuardProxy implements AutoCloseable {
    private static final int SWEEP_MILLIS = 5000;
    private static final int LISTENERS = Math.max(1, Runtime.getRuntime().availableProcessors());

    private final Vertx vertx;
    private final Servers servers;
    private final Front front;
    private final Connections connections;
    private final List<HttpServer> listening = new CopyOnWriteArrayList<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProxySettings settings;

    private GuardProxy(ProxySettings settings, OpenTelemetry telemetry) {
        this.settings = settings;
        this.vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        this.servers = new Servers(vertx, SigningKey.of(settings.identityKey()));
        this.connections = new Connections(settings.listen().connections());
        registry.gauge("guard.connections", connections, Connections::count);
        this.front = new Front(vertx, connections, new Seen(registry, new Traces(telemetry)), routes(settings));
    }

    private Routes routes(ProxySettings wanted) {
        return servers.routes(wanted.servers());
    }

    /**
     * Starts a proxy.
     *
     * @param settings where to listen, what stands behind, and the servers' places at AM
     * @return the running proxy; close it to stop
     * @throws Exception when it cannot listen there
     */
    public static GuardProxy start(ProxySettings settings) throws Exception {
        return start(settings, OpenTelemetry.noop());
    }

    static GuardProxy start(ProxySettings settings, OpenTelemetry telemetry) throws Exception {
        GuardProxy proxy = new GuardProxy(settings, telemetry);
        try {
            proxy.listen(settings.listen());
            return proxy;
        } catch (Exception failure) {
            proxy.close();
            throw failure;
        }
    }

    /** As many as there are processors, on one port: each has an event loop of its own. */
    private void listen(ListenSettings where) throws Exception {
        ListenSettings same = where.port() == 0 ? where.withPort(freePort(where.host())) : where;
        for (int count = 0; count < LISTENERS; count++) {
            vertx.deployVerticle(new Listener(same, front, connections, listening::add))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
        vertx.setPeriodic(SWEEP_MILLIS, fired -> connections.sweep());
    }

    /** Listeners share a port that has a number. */
    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    /**
     * @return where the proxy listens, with the path of its first server
     */
    public String url() {
        ListenSettings where = settings.listen();
        String scheme = where.tls().isPresent() ? "https" : "http";
        return scheme + "://" + where.host() + ":" + listening.get(0).actualPort()
                + settings.servers().get(0).path();
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception stillThere) {
            Thread.currentThread().interrupt();
        }
        registry.close();
    }

    /**
     * Runs the proxy until it is told to stop (SIGTERM).
     *
     * @param arguments see {@link Flags#usage}
     * @throws Exception when it cannot start
     */
    public static void main(String[] arguments) throws Exception {
        ProxySettings settings;
        Flags flags;
        try {
            flags = Flags.parse(List.of(arguments));
            if (flags.isHelp()) {
                System.out.println(Flags.usage());
                return;
            }
            settings = flags.settings(System.getenv());
        } catch (IllegalArgumentException wrong) {
            System.err.println("guard-proxy: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        if (flags.isCheck()) {
            System.out.println("guard-proxy: the settings are right.");
            return;
        }
        GuardProxy proxy = start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close));
        System.out.println("guard ready " + proxy.url());
    }
}
