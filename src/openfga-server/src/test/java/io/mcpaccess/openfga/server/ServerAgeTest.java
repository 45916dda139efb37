package io.mcpaccess.openfga.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.mcpaccess.openfga.server.testing.Host;
import io.mcpaccess.openfga.server.testing.Patience;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class ServerAgeTest {

    private static final String STORE = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private WireMockServer server;

    @BeforeEach
    void start() {
        server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void warnsOfAnOpenFgaThatDoesNotKnowAuthZen() {
        answer(404, "{\"code\":\"undefined_endpoint\",\"message\":\"Not Found\"}");

        assertThat(warnings(URI.create(server.baseUrl())))
                .singleElement()
                .asString()
                .contains("1.18.1");
    }

    @Test
    void doesNotTakeAFaultForAge() {
        answer(404, "<html>not here</html>");
        assertThat(warnings(URI.create(server.baseUrl()))).isEmpty();

        answer(503, "");
        assertThat(warnings(URI.create(server.baseUrl()))).isEmpty();
        assertThat(warnings(URI.create("http://127.0.0.1:1"))).isEmpty();
    }

    @Test
    @ExtendWith(OpenFgaServer.class)
    void findsTheReleaseOfTheTestsNewEnough(OpenFgaStores stores) {
        assertThat(warnings(stores.url())).isEmpty();
    }

    private void answer(int status, String body) {
        server.resetAll();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private static List<String> warnings(URI url) {
        try (ServerBackend backend = new ServerBackend(
                Patience.settings(url, STORE),
                Host.VERTX.vertx(),
                InstantSource.system(),
                System::nanoTime,
                () -> 0.5,
                ServerObserver.none())) {
            return backend.warnings().toCompletableFuture().join();
        }
    }
}
