package io.mcpaccess.openfga.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.server.http.TlsMaterial;
import io.mcpaccess.openfga.server.testing.Host;
import io.mcpaccess.openfga.server.testing.Patience;
import io.mcpaccess.openfga.server.testing.Wire;
import io.mcpaccess.openfga.testing.Questions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Http2Test {

    private static final String STORE = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final Vertx vertx = Host.VERTX.vertx().orElseThrow();
    private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    @TempDir
    private Path directory;

    private HttpServer server;
    private volatile boolean isSilent;

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void speaksHttp2WhereTheServerDoesAndSharesItsConnection() throws Exception {
        serve(true);

        assertThat(askMany(40)).containsOnly(CheckResult.allowed());

        assertThat(versions).hasSize(41).containsOnly(HttpVersion.HTTP_2);
        assertThat(connections.get()).as("connections for 40 at a time").isLessThan(10);
    }

    @Test
    void leavesAConnectionThatIsDeadThoughNobodySaysSo() throws Exception {
        serve(true);
        try (Wire wire = new Wire(server.actualPort());
                ServerBackend backend = connect(wire.port(), Duration.ofSeconds(1))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> isAllowed(backend));
            wire.cut();

            assertThat(isAllowed(backend)).as("on the dead connection").isFalse();
            await().atMost(Duration.ofSeconds(60)).until(() -> isAllowed(backend));
        }
    }

    @Test
    void keepsAConnectionWhoseServerIsSlow() throws Exception {
        serve(true);
        try (ServerBackend backend = connect(server.actualPort(), Duration.ofSeconds(1))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> isAllowed(backend));
            isSilent = true;
            for (int i = 0; i < 4; i++) {
                assertThat(isAllowed(backend)).isFalse();
            }
            isSilent = false;
            int before = connections.get();

            assertThat(isAllowed(backend)).isTrue();
            assertThat(connections).hasValue(before);
        }
    }

    private static boolean isAllowed(ServerBackend backend) {
        return backend.check(Questions.ask("user:a", "can_call", "tool:t"), CallContext.none())
                .toCompletableFuture()
                .join()
                .isAllowed();
    }

    @Test
    void speaksHttp1WhereTheServerKnowsNoOther() throws Exception {
        serve(false);

        assertThat(askMany(5)).containsOnly(CheckResult.allowed());

        assertThat(versions).containsOnly(HttpVersion.HTTP_1_1);
    }

    /** Says on which Vert.x the tests run, where the build says which it must be. */
    @Test
    void runsOnTheVertxThatIsMeant() {
        String expected = System.getProperty("expected.vertx");
        assumeTrue(expected != null);

        assertThat(Vertx.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString())
                .contains("vertx-core-" + expected);
    }

    private List<CheckResult> askMany(int times) throws Exception {
        try (ServerBackend backend = connect()) {
            backend.check(Questions.ask("user:a", "can_call", "tool:t"), CallContext.none())
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            List<CompletableFuture<CheckResult>> answers = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                answers.add(backend.check(Questions.ask("user:a", "can_call", "tool:t"), CallContext.none())
                        .toCompletableFuture());
            }
            return answers.stream().map(CompletableFuture::join).toList();
        }
    }

    private ServerBackend connect() throws Exception {
        return connect(server.actualPort(), Patience.timeouts().read());
    }

    private ServerBackend connect(int port, Duration limit) throws Exception {
        return new ServerBackend(
                new ServerSettings(
                        URI.create("https://127.0.0.1:" + port),
                        STORE,
                        Optional.of(STORE),
                        new Authentication.None(),
                        new TlsMaterial(
                                Optional.of(certificates().certificatePem()), Optional.empty(), Optional.empty()),
                        new ServerSettings.Timeouts(limit, limit, limit, limit),
                        false,
                        ServerSettings.Breaker.defaults(),
                        false,
                        Set.of(),
                        Optional.empty(),
                        Map.of()),
                Optional.of(vertx),
                InstantSource.system(),
                System::nanoTime,
                () -> 0.5,
                ServerObserver.none());
    }

    private TestCertificates certificates;

    private TestCertificates certificates() {
        if (certificates == null) {
            certificates = TestCertificates.create(directory, "server", "ip:127.0.0.1");
        }
        return certificates;
    }

    private void serve(boolean alpn) throws Exception {
        char[] password = TestCertificates.PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificates().keyStore())) {
            keys.load(in, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        HttpServerOptions options =
                new HttpServerOptions().setSsl(true).setUseAlpn(alpn).setKeyCertOptions(KeyCertOptions.wrap(factory));
        server = vertx.createHttpServer(options)
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(request -> {
                    versions.add(request.version());
                    if (!isSilent) {
                        request.response().end("{\"allowed\":true}");
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
