package io.mcpaccess.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.authzen.testing.AmDomain;
import io.mcpaccess.authzen.testing.SpiEngine;
import io.mcpaccess.core.spi.EngineOperations;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Metadata (AuthZEN 1.0, section 9) over HTTP. */
class MetadataTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IN_DOMAIN = "/demo/.well-known/authzen-configuration";
    private static final String AT_ROOT = "/.well-known/authzen-configuration/demo";
    private static final String PDP = "https://am.example.com/demo";

    private final SpiEngine engine = new SpiEngine();
    private final AmDomain domain = new AmDomain(Map.of("gateway.url", "https://am.example.com/"));

    @AfterEach
    void stop() {
        domain.close();
    }

    @Test
    void standsAtBothPlacesAndSaysTheSame() throws Exception {
        start();
        HttpResponse<String> response = get(AT_ROOT);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(JSON.readTree(response.body())).isEqualTo(JSON.readTree("""
            {"policy_decision_point": "https://am.example.com/demo",
             "access_evaluation_endpoint": "https://am.example.com/demo/access/v1/evaluation",
             "access_evaluations_endpoint": "https://am.example.com/demo/access/v1/evaluations",
             "search_subject_endpoint": "https://am.example.com/demo/access/v1/search/subject",
             "search_resource_endpoint": "https://am.example.com/demo/access/v1/search/resource",
             "search_action_endpoint": "https://am.example.com/demo/access/v1/search/action"}\
            """));
        assertThat(JSON.readTree(get(IN_DOMAIN).body())).isEqualTo(JSON.readTree(response.body()));
    }

    @Test
    void comesBeforeDiscoveryAndLeavesTheRestToIt() throws Exception {
        start();
        assertThat(get("/demo/.well-known/openid-configuration").body()).isEqualTo("discovery");
        assertThat(get(IN_DOMAIN).body()).isNotEqualTo("discovery");
    }

    @Test
    void case20_headersOfTheRequestChangeNothing() throws Exception {
        start();
        String answer = raw("GET " + AT_ROOT + " HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
                + "X-Forwarded-Proto: http\r\nX-Forwarded-Prefix: /evil\r\nForwarded: host=evil.example\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(answer).contains(PDP).doesNotContain("evil");
    }

    @Test
    void advertisesWhatTheEngineOffersAlone() throws Exception {
        start();
        engine.offered = Set.of(EngineOperations.SEARCH_ACTION);
        assertThat(metadata().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "policy_decision_point",
                        "access_evaluation_endpoint",
                        "access_evaluations_endpoint",
                        "search_action_endpoint");
        domain.engine(null);
        assertThat(metadata().path("policy_decision_point").asText()).isEqualTo(PDP);
        assertThat(metadata()).hasSize(3);
    }

    @Test
    void leavesTheGatewaysRootWithTheDomain() throws Exception {
        start();
        domain.provider.stop();
        assertThat(get(AT_ROOT).statusCode()).isEqualTo(404);
        assertThat(get(IN_DOMAIN).body()).isEqualTo("discovery");
        domain.provider.start();
        assertThat(get(AT_ROOT).statusCode()).isEqualTo(200);
    }

    @Test
    void aVirtualHostHasNoPlaceAtTheRoot() throws Exception {
        domain.domain.setVhostMode(true);
        start();
        assertThat(get(AT_ROOT).statusCode()).isEqualTo(404);
        assertThat(get(IN_DOMAIN).body()).isEqualTo("discovery");
    }

    @Test
    void echoesTheRequestId() throws Exception {
        start();
        assertThat(domain.send(domain.request(AT_ROOT, null).header("X-Request-ID", "m-1"))
                        .headers()
                        .firstValue("X-Request-ID"))
                .contains("m-1");
    }

    private void start() throws Exception {
        domain.engine(engine);
        domain.start();
    }

    private JsonNode metadata() throws Exception {
        return JSON.readTree(get(AT_ROOT).body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return domain.send(domain.request(path, null));
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", domain.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
