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
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheDeadlineTest {

    private static final String STORE = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void modelAndCheckShareOneDeadline() throws Exception {
        server.start();
        server.stubFor(get(urlPathEqualTo("/stores/" + STORE + "/authorization-models"))
                .willReturn(okJson("{\"authorization_models\":[{\"id\":\"" + STORE
                                + "\",\"schema_version\":\"1.1\",\"type_definitions\":[]}]}")
                        .withFixedDelay(1300)));
        server.stubFor(post(urlPathEqualTo("/stores/" + STORE + "/check"))
                .willReturn(okJson("{\"allowed\":true}").withFixedDelay(1300)));
        Duration deadline = Duration.ofSeconds(2);
        ServerSettings usual = ServerSettings.of(URI.create(server.baseUrl()), STORE);
        ServerSettings cached = new ServerSettings(
                usual.apiUrl(),
                STORE,
                Optional.empty(),
                usual.authentication(),
                usual.tls(),
                new ServerSettings.Timeouts(Duration.ofSeconds(1), deadline, deadline, deadline),
                false,
                usual.breaker(),
                false,
                Set.of(),
                Optional.of(new ServerSettings.Cache(Duration.ofSeconds(10), Duration.ofSeconds(2), 1000)),
                Map.of());

        try (ServerBackend backend = new ServerBackend(
                cached,
                Host.VERTX.vertx(),
                InstantSource.system(),
                System::nanoTime,
                () -> 0.5,
                ServerObserver.none())) {
            CheckResult answer = backend.check(Questions.ask("user:alice", "can_call", "tool:pay"), CallContext.none())
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);

            assertThat(answer.reasonCode()).isEqualTo("engine_unavailable");
        }
    }
}
