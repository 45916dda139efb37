package io.mcpaccess.guard.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.guard.oauth.PresentedProof;
import io.mcpaccess.guard.proxy.settings.SettingsFile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS towards clients: HTTP/2, certificates of clients, tokens that are bound to them. */
class ProxyTlsTest extends ProxyBeforeServer {
    @TempDir
    Path folder;

    private TestCertificate own;
    private TestCertificate clients;

    @BeforeEach
    void overTls() throws Exception {
        proxy.close();
        own = TestCertificate.make(folder, "proxy");
        clients = TestCertificate.make(folder, "client");
        Path file = folder.resolve("guard.yaml");
        Files.writeString(file, """
                listen:
                  port: 0
                  tls: {certificate: proxy.crt, key: proxy.key, clients: asked, clientCa: client.crt}
                am: {domain: "%s/demo"}
                servers:
                  - name: files
                    resource: %s
                    clientId: files-mcp
                    clientSecret: {env: SECRET}
                    upstream: "http://%s/mcp"
                    limits: {amMillis: 20000}
                """.formatted(AM.baseUrl(), RESOURCE, address()));
        proxy = GuardProxy.start(SettingsFile.read(file, Map.of("SECRET", "hidden")));
        json("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}");
        AM.stubFor(post("/demo/oauth/introspect")
                .withRequestBody(containing("token=bound"))
                .willReturn(okJson("{\"active\":true,\"aud\":\"" + RESOURCE
                        + "\",\"username\":\"alice\",\"cnf\":{\"x5t#S256\":\""
                        + PresentedProof.thumbprint(clients.own().getEncoded()) + "\"}}")));
    }

    @Test
    void speaksHttp2AndTakesABoundTokenFromItsOwnCertificateAlone() throws Exception {
        HttpClient with =
                HttpClient.newBuilder().sslContext(own.trusted(clients)).build();
        HttpResponse<String> answer = with.send(request("bound", PING).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
        HttpClient without =
                HttpClient.newBuilder().sslContext(own.trusted(null)).build();
        assertThat(without.send(request("bound", PING).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
        assertThat(without.send(
                                request("alice", PING)
                                        .version(HttpClient.Version.HTTP_1_1)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(seen).hasSize(2);
    }

    @Test
    void attackACertificateInAHeaderIsNotBelieved() throws Exception {
        HttpClient without =
                HttpClient.newBuilder().sslContext(own.trusted(null)).build();
        String encoded =
                java.util.Base64.getEncoder().encodeToString(clients.own().getEncoded());
        HttpResponse<String> refused = without.send(
                request("bound", PING)
                        .header("X-Client-Cert", encoded)
                        .header("X-Forwarded-Client-Cert", encoded)
                        .header("Client-Cert", ":" + encoded + ":")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(seen).isEmpty();
    }

    @Test
    void attackTwoHostsInOneRequestOfHttp2() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            var client = vertx.createHttpClient(new HttpClientOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setVerifyHost(false)
                    .setTrustOptions(
                            new PemTrustOptions().addCertPath(own.certificate().toString())));
            URI url = URI.create(proxy.url());
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.GET)
                    .setHost(url.getHost())
                    .setPort(url.getPort())
                    .setURI("/.well-known/oauth-protected-resource/mcp");
            int plain = client.request(options)
                    .compose(request -> request.send())
                    .map(response -> response.statusCode())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(plain).isEqualTo(200);
            int status = client.request(options.putHeader("host", "other.example"))
                    .compose(request -> request.send())
                    .map(response -> response.statusCode())
                    .otherwise(reset -> 400)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(status).isEqualTo(400);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }
}
