package io.mcpaccess.engine.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.mcpaccess.engine.backend.CallContext;
import io.mcpaccess.engine.backend.CheckResult;
import io.mcpaccess.engine.backend.PermissionQuestion;
import io.mcpaccess.engine.testing.Questions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the server does: an answer within the deadline, never an allow, and no storm. */
class ServerFaultsTest {

    private static final String STORE = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final PermissionQuestion QUESTION = Questions.ask("user:alice", "can_call", "tool:pay");

    /** Deadline 500 ms, and what a busy machine needs on top. */
    private static final Duration LIMIT = Duration.ofMillis(1000);

    private final AtomicInteger retries = new AtomicInteger();
    private final List<String> breakerStates = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private WireMockServer server;

    @BeforeEach
    void start() {
        server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        server.stop();
    }

    static Stream<FaultyServer> faults() {
        return Stream.of(
                FaultyServer.silent(),
                FaultyServer.dripping(),
                FaultyServer.resettingInTheBody(),
                FaultyServer.hangingUp(),
                FaultyServer.speakingAnotherLanguage());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void survivesBrokenConnections(FaultyServer faulty) {
        opened.add(faulty);

        assertUnavailableInTime(backend(faulty.url()));
        assertThat(faulty.accepted()).as("connections").isLessThanOrEqualTo(2);
    }

    @Test
    void survivesARefusedConnection() {
        assertUnavailableInTime(backend(URI.create("http://127.0.0.1:1")));
    }

    @Test
    void survivesAHostNameThatNobodyKnows() {
        assertUnavailableInTime(backend(URI.create("http://openfga.invalid:8080")));
    }

    @Test
    void survivesAServerThatCannotBeConnectedTo() {
        // TEST-NET-1 (RFC 5737): packets to it are lost.
        assertUnavailableInTime(backend(URI.create("http://192.0.2.1:8080")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "true",
                "{}",
                "{\"allowed\":null}",
                "{\"allowed\":\"true\"}",
                "{\"allowed\":1}",
                "{\"allowed\":[true]}",
                "{\"allowed\":{\"allowed\":true}}",
                "{\"Allowed\":true}",
                "{\"allowed\":tru",
                "{\"allowed\":true",
                "{\"allowed\":false,\"allowed\":true}",
                "{\"allowed\":true}{\"allowed\":true}",
                "<html>allowed: true</html>"
            })
    void neverAllowsOnAnythingButAllowedTrue(String body) {
        server.stubFor(any(anyUrl()).willReturn(okJson(body)));

        assertUnavailableInTime(backend());
        assertThat(server.getAllServeEvents())
                .as("an answer that is none is not asked for again")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 405, 409, 413, 418, 422, 501})
    void doesNotRepeatWhatWillNotGetBetter(int status) {
        answer(aResponse().withStatus(status).withBody("{\"allowed\":true}").withHeader("Location", "/elsewhere"));

        assertUnavailableInTime(backend());
        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void repeatsOnceWhatMayPass(int status) {
        answer(aResponse().withStatus(status).withBody("{\"allowed\":true}"));

        assertUnavailableInTime(backend());
        assertThat(server.getAllServeEvents()).hasSize(2);
        assertThat(retries).hasValue(1);
    }

    @Test
    void waitsAsLongAsRetryAfterSaysOrNotAtAll() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "10"));
        assertUnavailableInTime(backend());
        assertThat(server.getAllServeEvents()).as("10 s do not fit").hasSize(1);

        server.resetAll();
        answer(aResponse().withStatus(429).withHeader("Retry-After", "0"));
        assertUnavailableInTime(backend());
        assertThat(server.getAllServeEvents()).as("0 s fit").hasSize(2);

        server.resetAll();
        answer(aResponse().withStatus(429).withHeader("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT"));
        assertUnavailableInTime(backend());
        assertThat(server.getAllServeEvents()).as("a far date does not fit").hasSize(1);
    }

    @Test
    void getsItsAnswerFromTheSecondAttempt() {
        server.stubFor(post(anyUrl())
                .inScenario("passes")
                .whenScenarioStateIs("Started")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("better"));
        server.stubFor(post(anyUrl())
                .inScenario("passes")
                .whenScenarioStateIs("better")
                .willReturn(okJson("{\"allowed\":true}")));

        assertThat(ask(backend())).isEqualTo(CheckResult.allowed());
    }

    @Test
    void doesNotRepeatWhenToldNotTo() {
        answer(aResponse().withStatus(503));
        ServerSettings usual = settings(URI.create(server.baseUrl()));

        ask(backend(new ServerSettings(
                usual.apiUrl(),
                usual.storeId(),
                usual.modelId(),
                usual.authentication(),
                usual.tls(),
                usual.timeouts(),
                false,
                usual.breaker(),
                false,
                Set.of(),
                Optional.empty(),
                Map.of())));

        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    @Test
    void stopsAskingAServerThatFailsAndComesBackToIt() throws InterruptedException {
        answer(aResponse().withStatus(503));
        ServerBackend backend = backend();
        for (int i = 0; i < 20; i++) {
            assertThat(ask(backend).isAllowed()).isFalse();
        }
        int asked = server.getAllServeEvents().size();
        assertThat(asked).as("requests until the breaker opened").isEqualTo(10);
        assertThat(breakerStates).containsExactly("open");

        long start = System.nanoTime();
        assertThat(ask(backend).reasonCode()).isEqualTo("engine_unavailable");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(20));

        server.resetAll();
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"allowed\":true}")));
        Thread.sleep(1100);
        assertThat(ask(backend)).isEqualTo(CheckResult.allowed());
        assertThat(breakerStates).containsExactly("open", "half_open", "closed");
    }

    @Test
    void answersEveryItemOfABatchThatComesBackIncomplete() {
        server.stubFor(any(anyUrl())
                .willReturn(okJson(
                        "{\"result\":{\"0\":{\"allowed\":true},\"1\":{\"allowed\":true,\"error\":{\"message\":\"x\"}},"
                                + "\"2\":{},\"7\":{\"allowed\":true}}}")));

        List<CheckResult> answers = backend()
                .checkAll(List.of(QUESTION, QUESTION, QUESTION, QUESTION), CallContext.none())
                .toCompletableFuture()
                .join();

        assertThat(answers)
                .extracting(CheckResult::reasonCode)
                .containsExactly("permitted", "engine_unavailable", "engine_unavailable", "engine_unavailable");
    }

    @Test
    void answersEveryItemOfABatchThatFails() {
        answer(aResponse().withStatus(500));

        List<CheckResult> answers = backend()
                .checkAll(Collections.nCopies(120, QUESTION), CallContext.none())
                .toCompletableFuture()
                .join();

        assertThat(answers).hasSize(120).allMatch(answer -> !answer.isAllowed());
    }

    @Test
    void answersWhatIsInFlightWhenItIsClosed() throws Exception {
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"allowed\":true}").withFixedDelay(200)));
        ServerBackend backend = backend();
        CompletableFuture<CheckResult> inFlight =
                backend.check(QUESTION, CallContext.none()).toCompletableFuture();
        Thread.sleep(50);

        backend.close();

        assertThat(inFlight.get(2, TimeUnit.SECONDS)).isEqualTo(CheckResult.allowed());
    }

    private void answer(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    private void assertUnavailableInTime(ServerBackend backend) {
        long start = System.nanoTime();
        CheckResult answer = ask(backend);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        assertThat(answer.isAllowed()).isFalse();
        assertThat(answer.reasonCode()).isEqualTo("engine_unavailable");
    }

    private static CheckResult ask(ServerBackend backend) {
        return backend.check(QUESTION, CallContext.none()).toCompletableFuture().join();
    }

    private ServerBackend backend() {
        return backend(URI.create(server.baseUrl()));
    }

    private ServerBackend backend(URI url) {
        return backend(settings(url));
    }

    private ServerBackend backend(ServerSettings settings) {
        ServerBackend backend =
                new ServerBackend(settings, InstantSource.system(), System::nanoTime, () -> 0.5, new ServerObserver() {
                    @Override
                    public void retried() {
                        retries.incrementAndGet();
                    }

                    @Override
                    public void breakerChanged(String state) {
                        breakerStates.add(state);
                    }

                    @Override
                    public void cacheAsked(boolean hit) {}
                });
        opened.add(backend);
        return backend;
    }

    private static ServerSettings settings(URI url) {
        ServerSettings defaults = ServerSettings.of(url, STORE);
        return new ServerSettings(
                url,
                STORE,
                Optional.of(STORE),
                defaults.authentication(),
                defaults.tls(),
                defaults.timeouts(),
                true,
                new ServerSettings.Breaker(10, Duration.ofSeconds(1)),
                false,
                Set.of(),
                Optional.empty(),
                Map.of());
    }
}
