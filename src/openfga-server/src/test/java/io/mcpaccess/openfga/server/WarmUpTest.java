package io.mcpaccess.openfga.server;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.server.testing.Host;
import io.mcpaccess.openfga.testing.Questions;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Host.class)
class WarmUpTest {

    @Parameter
    private Host host;

    private static final String STORE = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final List<String> breakerStates = new CopyOnWriteArrayList<>();
    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private ServerBackend backend;

    @AfterEach
    void stop() {
        backend.close();
        server.stop();
    }

    @Test
    void aServerThatStartsSlowlyAnswersTheFirstQuestion() throws Exception {
        String models = "/stores/" + STORE + "/authorization-models";
        String model = "{\"authorization_models\":[{\"id\":\"" + STORE + "\",\"schema_version\":\"1.1\","
                + "\"type_definitions\":[]}],\"continuation_token\":\"\"}";
        server.start();
        server.stubFor(get(urlPathEqualTo(models))
                .inScenario("cold")
                .whenScenarioStateIs("Started")
                .willReturn(okJson(model).withFixedDelay(900))
                .willSetStateTo("warm"));
        server.stubFor(get(urlPathEqualTo(models))
                .inScenario("cold")
                .whenScenarioStateIs("warm")
                .willReturn(okJson(model)));
        server.stubFor(post(urlPathEqualTo("/stores/" + STORE + "/check")).willReturn(okJson("{\"allowed\":true}")));
        connect(URI.create(server.baseUrl()));

        backend.warmUp().toCompletableFuture().get(10, TimeUnit.SECONDS);
        CheckResult answer = backend.check(Questions.ask("user:alice", "can_call", "tool:pay"), CallContext.none())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        assertThat(answer).isEqualTo(CheckResult.allowed());
    }

    @Test
    void aServerThatIsDownFailsNobodyAndOpensNoBreaker() throws Exception {
        connect(URI.create("http://127.0.0.1:1"));

        for (int i = 0; i < 15; i++) {
            backend.warmUp().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }

        assertThat(breakerStates).isEmpty();
    }

    @Test
    void aClosedBackendIsNotWarmedUp() {
        connect(URI.create("http://127.0.0.1:1"));
        backend.close();

        assertThat(backend.warmUp().toCompletableFuture()).isCompletedWithValue(null);
    }

    private void connect(URI url) {
        backend = new ServerBackend(
                ServerSettings.of(url, STORE),
                host.vertx(),
                InstantSource.system(),
                System::nanoTime,
                () -> 0.5,
                new ServerObserver() {
                    @Override
                    public void retried() {}

                    @Override
                    public void breakerChanged(String state) {
                        breakerStates.add(state);
                    }

                    @Override
                    public void cacheAsked(boolean hit) {}
                });
    }
}
