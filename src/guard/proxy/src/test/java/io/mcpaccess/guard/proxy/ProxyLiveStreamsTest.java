package io.mcpaccess.guard.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams end with their client and with their token, and show no more than a single answer would. */
class ProxyLiveStreamsTest extends ProxyBeforeServer {
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        never.countDown();
    }

    @Test
    void attackStreamsWhoseClientsAreGoneGiveTheirPlacesBack() throws Exception {
        proxy.close();
        proxy = proxy("--streams", "2", "--heartbeat-seconds", "1");
        openStream();
        for (int stream = 0; stream < 2; stream++) {
            URI url = URI.create(proxy.url());
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.getOutputStream()
                        .write(utf8("GET /mcp HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\n\r\n"));
                socket.setSoTimeout(20_000);
                assertThat(socket.getInputStream().read()).isPositive();
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            HttpResponse<InputStream> again =
                    client.send(get("alice").build(), HttpResponse.BodyHandlers.ofInputStream());
            again.body().close();
            return again.statusCode() == 200;
        });
    }

    @Test
    void aStreamWithoutNewsShowsThatItLives() throws Exception {
        proxy.close();
        proxy = proxy("--heartbeat-seconds", "1");
        openStream();
        HttpResponse<InputStream> stream = client.send(get("alice").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = stream.body()) {
            assertThat(new String(body.readNBytes(12), StandardCharsets.UTF_8)).isEqualTo("data: {}\n\n:\n");
        }
    }

    @Test
    void attackAStreamThatOutlivesItsToken() throws Exception {
        proxy.close();
        proxy = proxy("--heartbeat-seconds", "1");
        AM.stubFor(post("/demo/oauth/introspect")
                .withRequestBody(containing("token=brief"))
                .willReturn(okJson("{\"active\":true,\"aud\":\"" + RESOURCE + "\",\"username\":\"alice\",\"exp\":"
                        + Instant.now().plusSeconds(3).getEpochSecond() + "}")));
        openStream();
        Instant start = Instant.now();
        HttpResponse<InputStream> stream = client.send(get("brief").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = stream.body()) {
            body.readAllBytes();
        } catch (java.io.IOException cutOff) {
            assertThat(cutOff).isNotNull();
        }
        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "Text/Event-Stream",
                "TEXT/EVENT-STREAM;charset=UTF-8",
                "text/event-stream ;x=y"
            })
    void attackAListInAStreamOfSeveralLines(String type) throws Exception {
        AM.stubFor(
                post("/demo/access/v1/evaluations").willReturn(okJson("{\"evaluations\":[" + YES + "," + NO + "]}")));
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody()
                    .write(utf8("\ufeffid: 7\revent: message\rdata: {\"id\":2,\"result\":{\"tools\":[\r"
                            + "data: {\"name\":\"open_tool\"},\r\ndata: {\"name\":\"secret_tool\"}]}}\r\n\r\n"));
        });
        String shown = send(request("alice", LIST)).body();
        assertThat(shown).contains("open_tool").doesNotContain("secret_tool").startsWith("id: 7.");
    }

    @Test
    void resumesAStreamByTheIdThatTheServerGave() throws Exception {
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(utf8("id: e1\ndata: {\"id\":3,\"result\":{}}\n\n"));
        });
        String shown = send(request("alice", PING)).body();
        String id = shown.substring(shown.indexOf("id: ") + 4, shown.indexOf('\n'));
        assertThat(id).startsWith("e1.").hasSizeGreaterThan(30);
        assertThat(send(get("alice").header("Last-Event-ID", id)).statusCode()).isEqualTo(200);
        assertThat(seen.get(1).get("Last-Event-ID")).containsExactly("e1");
        for (String other : new String[] {"e1", id + "x"}) {
            assertThat(send(get("alice").header("Last-Event-ID", other)).statusCode())
                    .isEqualTo(404);
        }
        assertThat(send(get("bob").header("Last-Event-ID", id)).statusCode()).isEqualTo(404);
        assertThat(seen).hasSize(2);
    }

    private void openStream() {
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(utf8("data: {}\n\n"));
            exchange.getResponseBody().flush();
            await(never);
        });
    }

    private HttpRequest.Builder get(String token) {
        return HttpRequest.newBuilder(URI.create(proxy.url()))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .GET();
    }
}
