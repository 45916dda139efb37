package io.mcpaccess.openfga.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.server.http.TlsMaterial;
import io.mcpaccess.openfga.server.testing.Host;
import io.mcpaccess.openfga.testing.Questions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes over the wire, and how often. */
@ParameterizedClass
@EnumSource(Host.class)
class ServerRequestsTest {

    @Parameter
    private Host host;

    private static final String STORE = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String CHECK = "/stores/" + STORE + "/check";

    private final AtomicLong passed = new AtomicLong();
    private WireMockServer server;
    private ServerBackend backend;

    @BeforeEach
    void start() {
        server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        server.stubFor(post(urlPathMatching("/stores/.*")).willReturn(okJson("{\"allowed\":true}")));
    }

    @AfterEach
    void stop() {
        backend.close();
        server.stop();
    }

    @Test
    void sendsNoCredentialsWhereNoneAreSet() {
        connect(new Authentication.None(), Optional.of(STORE));

        check("can_call");

        server.verify(postRequestedFor(urlPathEqualTo(CHECK)).withoutHeader("Authorization"));
    }

    @Test
    void sendsTokenTraceAndHeaders() {
        connect(new Authentication.ApiToken("secret"), Optional.of(STORE));
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        backend.check(Questions.ask("user:a", "can_call", "tool:t"), new CallContext(trace))
                .toCompletableFuture()
                .join();

        server.verify(postRequestedFor(urlPathEqualTo(CHECK))
                .withHeader("Authorization", equalTo("Bearer secret"))
                .withHeader("traceparent", equalTo(trace))
                .withHeader("X-Tenant", equalTo("one")));
    }

    @Test
    void asksForHigherConsistencyWhereTheRelationNeedsIt() {
        connect(new Authentication.None(), Optional.of(STORE));

        check("can_pay");
        check("can_call");

        server.verify(
                1,
                postRequestedFor(urlPathEqualTo(CHECK))
                        .withRequestBody(matchingJsonPath("$.consistency", equalTo("HIGHER_CONSISTENCY")))
                        .withRequestBody(containing("can_pay")));
        server.verify(2, postRequestedFor(urlPathEqualTo(CHECK)));
    }

    @Test
    void case27_looksTheLatestModelUpOnceForAllWhoAsk() {
        server.stubFor(get(urlPathEqualTo("/stores/" + STORE + "/authorization-models"))
                .willReturn(okJson("{\"authorization_models\":[{\"id\":\"01ARZ3NDEKTSV4RRFFQ69G5FZZ\","
                                + "\"schema_version\":\"1.1\",\"type_definitions\":[]}]}")
                        .withFixedDelay(50)));
        connect(new Authentication.None(), Optional.empty());

        checkManyAtOnce();
        assertThat(modelLookUps()).isEqualTo(1);
        server.verify(
                20,
                postRequestedFor(urlPathEqualTo(CHECK))
                        .withRequestBody(
                                matchingJsonPath("$.authorization_model_id", equalTo("01ARZ3NDEKTSV4RRFFQ69G5FZZ"))));

        passed.addAndGet(Duration.ofSeconds(9).toNanos());
        check("can_call");
        assertThat(modelLookUps()).as("remembered").isEqualTo(1);

        passed.addAndGet(Duration.ofSeconds(2).toNanos());
        check("can_call");
        assertThat(modelLookUps()).as("too old").isEqualTo(2);
    }

    @Test
    void getsOneAccessTokenForAllAndTheNextAheadOfItsExpiry() {
        tokenEndpoint("first", 100);
        connect(credentials(), Optional.of(STORE));

        checkManyAtOnce();
        assertThat(tokenRequests()).isEqualTo(1);
        server.verify(postRequestedFor(urlPathEqualTo("/oauth/token"))
                .withRequestBody(containing("grant_type=client_credentials"))
                .withRequestBody(containing("client_id=engine"))
                .withRequestBody(containing("client_secret=s%3Dcret"))
                .withRequestBody(containing("audience=https%3A%2F%2Ffga"))
                .withRequestBody(containing("scope=read+write")));
        server.verify(20, postRequestedFor(urlPathEqualTo(CHECK)).withHeader("Authorization", equalTo("Bearer first")));

        passed.addAndGet(Duration.ofSeconds(85).toNanos());
        tokenEndpoint("second", 100);
        assertThat(check("can_call").isAllowed()).as("still with the old one").isTrue();
        await().atMost(Duration.ofSeconds(60)).until(() -> tokenRequests() == 2);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            check("can_call");
            return server.findAll(postRequestedFor(urlPathEqualTo(CHECK))
                                    .withHeader("Authorization", equalTo("Bearer second")))
                            .size()
                    > 0;
        });
        assertThat(tokenRequests()).isEqualTo(2);
    }

    @Test
    void isUnavailableWithoutATokenAndLeavesTheIssuerAloneForAMoment() {
        server.stubFor(post(urlPathEqualTo("/oauth/token"))
                .willReturn(aResponse().withStatus(401).withBody("{\"error\":\"invalid_client\",\"x\":\"s=cret\"}")));
        connect(credentials(), Optional.of(STORE));

        for (int i = 0; i < 10; i++) {
            CheckResult answer = check("can_call");
            assertThat(answer.reasonCode()).isEqualTo("engine_unavailable");
            assertThat(answer.toString()).contains("access token").doesNotContain("s=cret");
        }
        assertThat(tokenRequests()).isEqualTo(1);

        tokenEndpoint("better", 100);
        passed.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(check("can_call").isAllowed()).isTrue();
    }

    @Test
    void getsAnotherTokenWhenOpenFgaRefusesTheOneInUse() {
        tokenEndpoint("revoked", 1000);
        server.stubFor(post(urlPathEqualTo(CHECK))
                .withHeader("Authorization", equalTo("Bearer revoked"))
                .willReturn(aResponse().withStatus(401)));
        connect(credentials(), Optional.of(STORE));
        assertThat(check("can_call").reasonCode()).isEqualTo("engine_unavailable");

        tokenEndpoint("fresh", 1000);
        passed.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(check("can_call").isAllowed()).isTrue();
    }

    @Test
    void fetchesNoTokenPerDecisionFromAServerThatRefusesThemAll() {
        tokenEndpoint("good", 1000);
        server.stubFor(post(urlPathEqualTo(CHECK)).willReturn(aResponse().withStatus(401)));
        connect(credentials(), Optional.of(STORE));

        for (int i = 0; i < 10; i++) {
            assertThat(check("can_call").reasonCode()).isEqualTo("engine_unavailable");
        }

        assertThat(tokenRequests()).isEqualTo(1);
    }

    @Test
    void case30_showsNoSecretInItsSettings() {
        connect(credentials(), Optional.of(STORE));

        assertThat(settings(credentials(), Optional.empty()).toString()).doesNotContain("s=cret", "one");
        assertThat(new Authentication.ApiToken("t0ken").toString()).doesNotContain("t0ken");
    }

    private void connect(Authentication authentication, Optional<String> modelId) {
        backend = new ServerBackend(
                settings(authentication, modelId),
                host.vertx(),
                InstantSource.system(),
                () -> System.nanoTime() + passed.get(),
                () -> 0.5,
                ServerObserver.none());
    }

    private ServerSettings settings(Authentication authentication, Optional<String> modelId) {
        ServerSettings.Timeouts patient = new ServerSettings.Timeouts(
                Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
        return new ServerSettings(
                URI.create(server.baseUrl() + "/"),
                STORE,
                modelId,
                authentication,
                TlsMaterial.none(),
                patient,
                true,
                ServerSettings.Breaker.defaults(),
                false,
                Set.of("can_pay"),
                Optional.empty(),
                Map.of("X-Tenant", "one"));
    }

    private Authentication credentials() {
        return new Authentication.ClientCredentials(
                URI.create(server.baseUrl() + "/oauth/token"),
                "engine",
                "s=cret",
                Optional.of("https://fga"),
                List.of("read", "write"));
    }

    private void tokenEndpoint(String token, int seconds) {
        server.stubFor(post(urlPathEqualTo("/oauth/token"))
                .willReturn(okJson("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                                + seconds + "}")
                        .withFixedDelay(50)));
    }

    private CheckResult check(String relation) {
        return backend.check(Questions.ask("user:a", relation, "tool:t"), CallContext.none())
                .toCompletableFuture()
                .join();
    }

    private void checkManyAtOnce() {
        List<CompletableFuture<CheckResult>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(backend.check(Questions.ask("user:a", "can_call", "tool:t"), CallContext.none())
                    .toCompletableFuture());
        }
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().isAllowed()).isTrue());
    }

    private int tokenRequests() {
        return server.findAll(postRequestedFor(urlPathEqualTo("/oauth/token"))).size();
    }

    private int modelLookUps() {
        return (int) server.getAllServeEvents().stream()
                .filter(event -> event.getRequest().getUrl().contains("/authorization-models"))
                .count();
    }
}
