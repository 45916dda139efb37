package io.mcpaccess.engine;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.mcpaccess.engine.testing.AmNode;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates, uses and frees engines many times, in a JVM of its own, and prints what is left of them. */
final class LifeCycles {

    private static final String STORE = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private LifeCycles() {}

    /**
     * Runs.
     *
     * @param arguments how many cycles
     * @throws Exception when a cycle fails
     */
    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = "{\"allowed\":true,\"id\":\"x\",\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String configuration = "{\"connectionUri\":\"http://127.0.0.1:"
                + server.getAddress().getPort() + "\",\"storeId\":\"" + STORE + "\",\"authorizationModelId\":\"" + STORE
                + "\",\"deadlineMillis\":5000,\"readTimeoutMillis\":5000,\"cacheAllowSeconds\":10}";

        try (AmNode node = new AmNode(Map.of())) {
            cycles(node, configuration, 20);
            Figures before = Figures.now();
            cycles(node, configuration, Integer.parseInt(arguments[0]));
            Figures after = Figures.now();
            System.out.println(
                    "threads " + before.threads + " " + after.threads + " heap " + before.heap + " " + after.heap);
        }
        server.stop(0);
        System.exit(0);
    }

    private static void cycles(AmNode node, String configuration, int cycles) throws Exception {
        for (int i = 0; i < cycles; i++) {
            OpenFgaProvider updated = node.create(configuration);
            if (!updated.check(request()).blockingGet().decision()) {
                throw new IllegalStateException("cycle " + i + " was not answered");
            }
            if (i % 2 == 0) {
                updated.stop();
            } else {
                updated.close();
            }
        }
    }

    private static AuthorizationEngineRequest request() {
        return new AuthorizationEngineRequest(
                new AuthorizationEngineRequest.Subject("user", "alice", Map.of()),
                new AuthorizationEngineRequest.Resource("tool", "pay", Map.of()),
                new AuthorizationEngineRequest.Action("can_call", Map.of()),
                null);
    }

    /** What the JVM holds once the dust has settled. */
    private record Figures(int threads, long heap) {

        static Figures now() {
            AtomicInteger threads = new AtomicInteger(Integer.MAX_VALUE);
            // Idle threads of a pool that was shut down end within moments, not at once: until there are no fewer than
            // before.
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1500))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        System.gc();
                        int count = ManagementFactory.getThreadMXBean().getThreadCount();
                        return threads.getAndSet(count) <= count;
                    });
            return new Figures(
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
    }
}
