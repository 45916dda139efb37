package io.mcpaccess.guard.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams: passed on as they come, filtered, and not waited for for ever. */
class ProxyStreamsTest extends ProxyBeforeServer {
    @Test
    void passesAStreamOnWhileTheServerStillWrites() throws Exception {
        CountDownLatch firstWasSeen = new CountDownLatch(1);
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write(utf8("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"));
            out.flush();
            boolean waited = await(firstWasSeen);
            out.write(utf8("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"inTime\":" + waited + "}}\n\n"));
        });
        HttpResponse<InputStream> response =
                client.send(request("alice", CALL).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).contains("notifications/progress");
            firstWasSeen.countDown();
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).contains("\"inTime\":true");
        }
    }

    @Test
    void filtersAStreamWhileTheServerStillWrites() throws Exception {
        AM.stubFor(
                post("/demo/access/v1/evaluations").willReturn(okJson("{\"evaluations\":[" + YES + "," + NO + "]}")));
        CountDownLatch firstWasSeen = new CountDownLatch(1);
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write(
                    utf8(": here\n\ndata: {\"id\":2,\"result\":{\"tools\":[{\"name\":\"a\"},{\"name\":\"b\"}]}}\n\n"));
            out.flush();
            await(firstWasSeen);
            out.write(utf8("data: {\"id\":2,\"result\":{\"tools\":[{\"name\":\"b\"}\n\n"));
        });
        HttpResponse<InputStream> response =
                client.send(request("alice", LIST).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Cache-Control")).contains("private, no-store");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(": here");
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).contains("\"a\"").doesNotContain("\"b\"");
            firstWasSeen.countDown();
            assertThat(lines.lines().toList())
                    .allSatisfy(line -> assertThat(line).isEmpty());
        }
    }

    @Test
    void doesNotWaitForEverForASilentServer() throws Exception {
        proxy.close();
        proxy = proxy("--answer-seconds", "1", "--idle-seconds", "1");
        CountDownLatch never = new CountDownLatch(1);
        answer(exchange -> await(never));
        assertThat(send(request("alice", PING)).statusCode()).isEqualTo(504);
        upstream.removeContext("/mcp");
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(utf8(": here\n\n"));
            exchange.getResponseBody().flush();
            await(never);
        });
        HttpResponse<InputStream> stream =
                client.send(request("alice", PING).build(), HttpResponse.BodyHandlers.ofInputStream());
        String read = "";
        try (InputStream body = stream.body()) {
            read = new String(body.readNBytes(8), StandardCharsets.UTF_8);
            assertThat(body.read()).isEqualTo(-1);
        } catch (IOException cutOff) {
            assertThat(cutOff).isNotInstanceOf(java.net.http.HttpTimeoutException.class);
        }
        assertThat(read).isEqualTo(": here\n\n");
        never.countDown();
    }

    @Test
    void filtersTenThousandToolsAndAnswersOn() throws Exception {
        AM.stubFor(post("/demo/access/v1/evaluations")
                .willReturn(okJson(
                        "{\"evaluations\":[" + String.join(",", Collections.nCopies(500, YES + "," + NO)) + "]}")));
        String tools = IntStream.range(0, 10_000)
                .mapToObj(number -> "{\"name\":\"tool_" + number + "\",\"description\":\"" + "d".repeat(300) + "\"}")
                .collect(Collectors.joining(","));
        json("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[" + tools + "]}}");
        String shown = send(request("alice", LIST)).body();
        assertThat(shown.split("\"name\"")).hasSize(5_001);
        assertThat(shown).contains("tool_0\"", "tool_9998\"").doesNotContain("tool_1\"", "tool_9999\"");
        assertThat(send(request("alice", PING)).statusCode()).isEqualTo(200);
    }
}
