package io.mcpaccess.guard.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.guard.proxy.tryout.Tryout;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The client for people: from a refusal to AM's login and back, then the list. */
class TryoutTest extends ProxyBeforeServer {
    @Test
    void logsInAsAClientDoesAndLists() throws Exception {
        proxy.close();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String resource = "http://127.0.0.1:" + port + "/mcp";
        proxy = proxy("--resource", resource, "--port", String.valueOf(port));
        AM.stubFor(get("/demo/oidc/.well-known/openid-configuration")
                .willReturn(okJson("{\"issuer\":\"" + AM.baseUrl() + "/demo/oidc\",\"authorization_endpoint\":\""
                        + AM.baseUrl() + "/demo/oauth/authorize\",\"token_endpoint\":\"" + AM.baseUrl()
                        + "/demo/oauth/token\"}")));
        AM.stubFor(post("/demo/oauth/token").willReturn(okJson("{\"access_token\":\"fresh\"}")));
        AM.stubFor(post("/demo/oauth/introspect")
                .withRequestBody(containing("token=fresh"))
                .willReturn(okJson("{\"active\":true,\"aud\":\"" + resource + "\",\"username\":\"alice\"}")));
        AM.stubFor(post("/demo/access/v1/evaluations").willReturn(okJson("{\"evaluations\":[" + YES + "]}")));
        json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"a_tool\"}]}}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Tryout tryout = new Tryout(
                URI.create(resource),
                "tester",
                Optional.empty(),
                0,
                new PrintStream(out, true, StandardCharsets.UTF_8))) {
            Future<?> run = threads.submit(() -> {
                tryout.run(List.of("list"));
                return null;
            });
            Pattern printed = Pattern.compile("code_challenge=[^&]+.*state=([^&\\s]+)");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> printed.matcher(out.toString(StandardCharsets.UTF_8))
                            .find());
            String said = out.toString(StandardCharsets.UTF_8);
            Matcher state = printed.matcher(said);
            assertThat(state.find()).isTrue();
            Matcher callback = Pattern.compile("redirect_uri=http%3A%2F%2F127.0.0.1%3A(\\d+)%2Fcallback")
                    .matcher(said);
            assertThat(callback.find()).isTrue();
            String back = "http://127.0.0.1:" + callback.group(1) + "/callback?code=c1&state=";
            // Another page of the browser does not end the login.
            assertThat(send(HttpRequest.newBuilder(URI.create(back + "guess")).GET())
                            .statusCode())
                    .isEqualTo(400);
            send(HttpRequest.newBuilder(URI.create(back + state.group(1))).GET());
            run.get(60, java.util.concurrent.TimeUnit.SECONDS);
            String page = "http://127.0.0.1:" + callback.group(1) + "/";
            assertThat(send(HttpRequest.newBuilder(URI.create(page + "guess/call"))
                                    .POST(HttpRequest.BodyPublishers.ofString("tool=a_tool")))
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("a_tool").doesNotContain("fresh");
        AM.verify(postRequestedFor(urlEqualTo("/demo/oauth/token"))
                .withRequestBody(containing("code_verifier="))
                .withRequestBody(containing("resource=")));
    }
}
