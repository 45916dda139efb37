package io.mcpaccess.openfga.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.server.http.TlsMaterial;
import io.mcpaccess.openfga.server.testing.Host;
import io.mcpaccess.openfga.server.testing.Patience;
import io.mcpaccess.openfga.testing.Questions;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the server does: an answer within the deadline, never an allow, and no storm. */
@ParameterizedClass
@EnumSource(Host.class)
class ServerFaultsTest {

    @Parameter
    private Host host;

    private static final String STORE = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final PermissionQuestion QUESTION = Questions.ask("user:alice", "can_call", "tool:pay");

    /** Deadline 500 ms, and what a busy machine needs on top; much less than anything that hangs. */
    private static final Duration LIMIT = Duration.ofMillis(2500);

    private final AtomicLong passed = new AtomicLong();

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

        assertUnavailableInTime(hasty(faulty.url()));
        assertThat(faulty.accepted()).as("connections").isLessThanOrEqualTo(2);
    }

    @Test
    void survivesARefusedConnection() {
        assertUnavailableInTime(hasty(URI.create("http://127.0.0.1:1")));
    }

    @Test
    void saysThatTheServerDoesNotSpeakTls() {
        CheckResult answer = ask(backend(URI.create(server.baseUrl().replace("http:", "https:"))));

        assertThat(answer.toString()).contains("TLS");
    }

    @Test
    void survivesAHostNameThatNobodyKnows() {
        assertUnavailableInTime(hasty(URI.create("http://openfga.invalid:8080")));
    }

    @Test
    void survivesAServerThatCannotBeConnectedTo() {
        // TEST-NET-1 (RFC 5737): packets to it are lost.
        assertUnavailableInTime(hasty(URI.create("http://192.0.2.1:8080")));
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
    void case22_neverAllowsOnAnythingButAllowedTrue(String body) {
        server.stubFor(any(anyUrl()).willReturn(okJson(body)));

        assertUnavailable(backend());
        assertThat(server.getAllServeEvents())
                .as("an answer that is none is not asked for again")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 405, 409, 413, 418, 422, 501})
    void doesNotRepeatWhatWillNotGetBetter(int status) {
        answer(aResponse().withStatus(status).withBody("{\"allowed\":true}").withHeader("Location", "/elsewhere"));

        assertUnavailable(backend());
        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void repeatsOnceWhatMayPass(int status) {
        answer(aResponse().withStatus(status).withBody("{\"allowed\":true}"));

        assertUnavailable(backend());
        assertThat(server.getAllServeEvents()).hasSize(2);
        assertThat(retries).hasValue(1);
    }

    @Test
    void waitsAsLongAsRetryAfterSaysOrNotAtAll() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "30"));
        assertUnavailable(backend());
        assertThat(server.getAllServeEvents()).as("30 s do not fit").hasSize(1);

        server.resetAll();
        answer(aResponse().withStatus(429).withHeader("Retry-After", "0"));
        assertUnavailable(backend());
        assertThat(server.getAllServeEvents()).as("0 s fit").hasSize(2);

        server.resetAll();
        answer(aResponse().withStatus(429).withHeader("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT"));
        assertUnavailable(backend());
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

        ask(backend(settings(URI.create(server.baseUrl()), Patience.timeouts(), false)));

        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    @Test
    void stopsAskingAServerThatFailsAndComesBackToIt() {
        answer(aResponse().withStatus(503));
        ServerBackend backend = backend();
        for (int i = 0; i < 20; i++) {
            assertThat(ask(backend).isAllowed()).isFalse();
        }
        int asked = server.getAllServeEvents().size();
        assertThat(asked).as("requests until the breaker opened").isEqualTo(10);
        assertThat(breakerStates).containsExactly("open");

        for (int i = 0; i < 20; i++) {
            assertUnavailable(backend);
        }
        assertThat(server.getAllServeEvents()).as("requests while it is open").hasSize(asked);

        server.resetAll();
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"allowed\":true}")));
        passed.addAndGet(Duration.ofMinutes(10).toNanos());
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
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"allowed\":true}").withFixedDelay(1000)));
        ServerBackend backend = backend();
        CompletableFuture<CheckResult> inFlight =
                backend.check(QUESTION, CallContext.none()).toCompletableFuture();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.getAllServeEvents().size() == 1);

        backend.close();

        assertThat(inFlight.get(60, TimeUnit.SECONDS)).isEqualTo(CheckResult.allowed());
    }

    @Test
    void answersWhatWaitsForItsSecondAttemptWhenItIsClosed() throws Exception {
        answer(aResponse().withStatus(503).withHeader("Retry-After", "1"));
        ServerBackend backend = backend();
        CompletableFuture<CheckResult> waiting =
                backend.check(QUESTION, CallContext.none()).toCompletableFuture();
        // Nothing outside shows that it waits, but that it goes on without an answer and without a second request.
        await().atMost(Duration.ofSeconds(60))
                .during(Duration.ofMillis(300))
                .until(() -> server.getAllServeEvents().size() == 1 && !waiting.isDone());

        backend.close();

        assertThat(waiting.get(60, TimeUnit.SECONDS).reasonCode()).isEqualTo("engine_unavailable");
        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    private void answer(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    private void assertUnavailableInTime(ServerBackend backend) {
        long start = System.nanoTime();
        assertUnavailable(backend);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
    }

    private static void assertUnavailable(ServerBackend backend) {
        CheckResult answer = ask(backend);
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
        return backend(settings(url, Patience.timeouts(), true));
    }

    private ServerBackend hasty(URI url) {
        return backend(settings(url, ServerSettings.Timeouts.defaults(), true));
    }

    private ServerBackend backend(ServerSettings settings) {
        ServerBackend backend = new ServerBackend(
                settings,
                host.vertx(),
                InstantSource.system(),
                () -> System.nanoTime() + passed.get(),
                () -> 0.5,
                new ServerObserver() {
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

    private static ServerSettings settings(URI url, ServerSettings.Timeouts timeouts, boolean retry) {
        return new ServerSettings(
                url,
                STORE,
                Optional.of(STORE),
                new Authentication.None(),
                TlsMaterial.none(),
                timeouts,
                retry,
                new ServerSettings.Breaker(10, Duration.ofMinutes(10)),
                false,
                Set.of(),
                Optional.empty(),
                Map.of());
    }
}
