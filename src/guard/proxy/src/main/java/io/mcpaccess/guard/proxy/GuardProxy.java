package io.mcpaccess.guard.proxy;

import io.mcpaccess.guard.proxy.front.Connections;
import io.mcpaccess.guard.proxy.front.Front;
import io.mcpaccess.guard.proxy.front.ListenOptions;
import io.mcpaccess.guard.proxy.front.Listener;
import io.mcpaccess.guard.proxy.front.Routes;
import io.mcpaccess.guard.proxy.identity.SigningKey;
import io.mcpaccess.guard.proxy.observe.Management;
import io.mcpaccess.guard.proxy.observe.Readiness;
import io.mcpaccess.guard.proxy.observe.RequestTraces;
import io.mcpaccess.guard.proxy.observe.Seen;
import io.mcpaccess.guard.proxy.settings.GuardedSettings;
import io.mcpaccess.guard.proxy.settings.ListenSettings;
import io.mcpaccess.guard.proxy.settings.ProxySettings;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guard in front of MCP servers in any language, running. */
public final class GuardProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardProxy.class);
    private static final int SWEEP_MILLIS = 5000;
    private static final int ASK_AGAIN_MILLIS = 5000;
    private static final int LISTENERS = Math.max(1, Runtime.getRuntime().availableProcessors());
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(10);
    private static final int START_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Readiness readiness = new Readiness();
    private final List<HttpServer> listening = new CopyOnWriteArrayList<>();
    private final Servers servers;
    private final Connections connections;
    private final Front front;
    private volatile ProxySettings settings;
    private volatile int managementPort;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GuardProxy(ProxySettings settings, OpenTelemetry telemetry) {
        this.settings = settings;
        this.servers = new Servers(vertx, SigningKey.of(settings.identityKey()));
        this.connections = new Connections(settings.listen().connections());
        this.front = new Front(
                vertx, connections, new Seen(registry, new RequestTraces(telemetry)), servers.use(settings.servers()));
        registry.gauge("guard.connections", connections, Connections::count);
        registry.gauge("guard.stdio.processes", servers, Servers::processes);
        registry.gauge(
                "guard.servers.unready", readiness, ready -> ready.lacking().size());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        JvmGcMetrics collector = new JvmGcMetrics();
        collector.bindTo(registry);
    }

    /**
     * Starts a proxy, and asks AM once for each server whether it would answer: what is wrong is said in the log, and readiness
     * waits for it.
     *
     * @param settings where to listen, what stands behind, and the servers' places at AM
     * @return the running proxy; close it to stop
     * @throws Exception when it cannot listen there
     */
    public static GuardProxy start(ProxySettings settings) throws Exception {
        return start(settings, OpenTelemetry.noop());
    }

    /**
     * The same with traces.
     *
     * @param settings see {@link #start(ProxySettings)}
     * @param telemetry gets the spans
     * @return the running proxy
     * @throws Exception when it cannot listen there
     */
    public static GuardProxy start(ProxySettings settings, OpenTelemetry telemetry) throws Exception {
        GuardProxy proxy = new GuardProxy(settings, telemetry);
        try {
            proxy.askAll();
            proxy.listen(settings.listen());
            if (settings.management().isPresent()) {
                proxy.manage(settings.management().get());
            }
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
            done(vertx.deployVerticle(new Listener(same, front, connections, listening::add)));
        }
        vertx.setPeriodic(SWEEP_MILLIS, fired -> connections.sweep());
    }

    /** Listeners share a port that has a number. */
    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    private void manage(ListenSettings where) throws Exception {
        HttpServer server =
                vertx.createHttpServer(ListenOptions.of(where)).requestHandler(new Management(readiness, registry));
        done(server.listen());
        managementPort = server.actualPort();
    }

    private void askAll() {
        settings.servers().forEach(server -> {
            readiness.lacks(server.name(), "AM has not answered yet.");
            ask(server, Optional.empty());
        });
    }

    /** Again until AM answers as it should; what is wrong is said once, and again when it is something else. */
    private void ask(GuardedSettings server, Optional<String> saidBefore) {
        vertx.runOnContext(now -> servers.probe(server).ask(server.guard()).thenAccept(wrong -> {
            if (!settings.servers().contains(server)) {
                return;
            }
            if (wrong.isEmpty()) {
                readiness.isReady(server.name());
                LOG.info(
                        "Server '{}' is ready: AM answers at {}",
                        server.name(),
                        server.guard().domain().url());
                return;
            }
            readiness.lacks(server.name(), wrong.get());
            if (!wrong.equals(saidBefore)) {
                LOG.error("Server '{}' is not ready. {}", server.name(), wrong.get());
            }
            vertx.setTimer(ASK_AGAIN_MILLIS, again -> ask(server, wrong));
        }));
    }

    /**
     * Takes other settings, without a break: connections stay, and what is under way ends as it began.
     *
     * @param changed read as a whole before
     */
    public synchronized void reload(ProxySettings changed) {
        ProxySettings before = settings;
        if (!changed.listen().equals(before.listen())
                || !changed.management().equals(before.management())
                || !changed.identityKey().equals(before.identityKey())) {
            LOG.warn("What 'listen', 'management' and 'identity' say now holds from the next start on.");
        }
        Routes routes = servers.use(changed.servers());
        settings = new ProxySettings(before.listen(), before.management(), changed.servers(), before.identityKey());
        front.use(routes);
        servers.closeReplaced();
        servers.readCertificates()
                .onFailure(wrong -> LOG.error("A certificate of a connection to AM or to a server"
                        + " cannot be read: those before are still used."));
        before.listen()
                .tls()
                .ifPresent(tls -> listening.forEach(server -> server.updateSSLOptions(ListenOptions.tls(tls))
                        .onFailure(wrong -> LOG.error(
                                "The certificate for clients cannot be read: the one before is" + " still used."))));
        Set<String> gone = new HashSet<>(names(before));
        gone.removeAll(names(changed));
        gone.forEach(readiness::isReady);
        changed.servers().stream()
                .filter(server -> !before.servers().contains(server))
                .forEach(server -> ask(server, Optional.empty()));
        LOG.info("The settings were read again: {} servers.", changed.servers().size());
    }

    private static List<String> names(ProxySettings of) {
        return of.servers().stream().map(GuardedSettings::name).toList();
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

    /**
     * @return the port that health and metrics are told on; 0 for none
     */
    public int managementPort() {
        return managementPort;
    }

    /** Takes nothing new, waits for what is under way, ten seconds at most, then ends what is left: streams and processes. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        readiness.stops();
        try {
            await(Future.join(listening.stream()
                    .map(server -> server.shutdown(LAST_REQUESTS))
                    .toList()));
            await(servers.close());
        } finally {
            await(vertx.close());
            registry.close();
        }
    }

    private static void done(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    }

    private static void await(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unfinished) {
            LOG.debug(
                    "The end was not as it should be: {}", unfinished.getClass().getSimpleName());
        }
    }
}
