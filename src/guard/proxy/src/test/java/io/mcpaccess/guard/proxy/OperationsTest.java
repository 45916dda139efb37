package io.mcpaccess.guard.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.guard.proxy.settings.ProxySettings;
import io.mcpaccess.guard.proxy.settings.SettingsFile;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do with a running proxy: look at it, change its settings, stop it. */
class OperationsTest extends ProxyBeforeServer {
    @TempDir
    Path folder;

    @Test
    void isNotReadyWithAWrongSecretAndSaysWhy() throws Exception {
        proxy.close();
        AM.stubFor(post("/demo/oauth/introspect")
                .withRequestBody(containing("token=none"))
                .willReturn(aResponse().withStatus(401)));
        proxy = GuardProxy.start(settings("management: {port: 0}", ""));
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> management("/ready").body().contains("clientSecret"));
        assertThat(management("/ready").statusCode()).isEqualTo(503);
        assertThat(management("/ready").body()).contains("files").doesNotContain("hidden");
        assertThat(management("/health").statusCode()).isEqualTo(200);
        AM.stubFor(post("/demo/oauth/introspect")
                .withRequestBody(containing("token=none"))
                .willReturn(okJson("{\"active\":false}")));
        AM.stubFor(post("/demo/access/v1/evaluation")
                .withRequestBody(containing("{}"))
                .willReturn(aResponse().withStatus(400)));
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> management("/ready").statusCode() == 200);
    }

    @Test
    void countsDecisionsWithoutNamesOfUsersAndTools() throws Exception {
        proxy.close();
        proxy = GuardProxy.start(settings("management: {port: 0}", ""));
        json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        assertThat(send(request("alice", CALL)).statusCode()).isEqualTo(200);
        assertThat(send(request("alice", CALL.replace("tools/call", "made/up"))).statusCode())
                .isEqualTo(200);
        String metrics = management("/metrics").body();
        assertThat(metrics)
                .contains("guard_decision_seconds_count{method=\"tools/call\",outcome=\"allowed\",server=\"files\"} 1")
                .contains(
                        "guard_decision_seconds_count{method=\"other\",outcome=\"method_refused\",server=\"files\"} 1")
                .contains("guard_connections", "jvm_memory_used_bytes")
                .doesNotContain("alice", "read_file", "made/up");
    }

    @Test
    void takesOtherSettingsWithoutDroppingAStream() throws Exception {
        proxy.close();
        proxy = GuardProxy.start(settings("", ""));
        CountDownLatch changed = new CountDownLatch(1);
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(utf8("data: {\"before\":1}\n\n"));
            exchange.getResponseBody().flush();
            await(changed);
            exchange.getResponseBody().write(utf8("data: {\"after\":1}\n\n"));
        });
        HttpResponse<InputStream> stream =
                client.send(request("alice", CALL).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).contains("before");
            proxy.reload(settings("", "open: [prompts/list]"));
            String prompts = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/list\"}";
            changed.countDown();
            assertThat(send(request("alice", prompts)).body()).contains("before");
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).contains("after");
        }
    }

    @Test
    void tellsTheServerWhoCallsAndDropsWhatTheClientSaysAboutThat() throws Exception {
        proxy.close();
        proxy = GuardProxy.start(settings("", "identity: {signed: true}"));
        AM.stubFor(post("/demo/oauth/introspect")
                .withRequestBody(containing("token=odd"))
                .willReturn(okJson("{\"active\":true,\"aud\":\"" + RESOURCE
                        + "\",\"client_id\":\"agent\",\"act\":{\"sub\":\"bot\"},\"scope\":\"b a\","
                        + "\"username\":\"al\\r\\nX-Evil: 1 ü%\"}")));
        json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        HttpRequest.Builder forged = request("odd", CALL);
        for (String name : new String[] {
            "X-MCP-Subject",
            "x-mcp-client",
            "X_MCP_SUBJECT",
            "X-MCP-Identity",
            "X_Mcp_Scopes",
            "X-Mcp-Actor",
            "X-MCP-Role"
        }) {
            forged.header(name, "user:root");
        }
        assertThat(send(forged).statusCode()).isEqualTo(200);
        assertThat(seen.get(0).get("X-MCP-Subject")).containsExactly("user:al%0D%0AX-Evil:%201%20%C3%BC%25");
        assertThat(seen.get(0).get("X-MCP-Client")).containsExactly("agent");
        assertThat(seen.get(0).get("X-MCP-Scopes")).containsExactly("a b");
        assertThat(seen.get(0).get("X-MCP-Actor")).containsExactly("bot");
        assertThat(seen.get(0).toString()).doesNotContain("root");
        assertThat(seen.get(0).keySet()).doesNotContain("X-evil", "X_mcp_subject", "X-mcp-role");
        HttpResponse<String> keys =
                send(HttpRequest.newBuilder(URI.create(proxy.url()).resolve("/.well-known/mcp-guard-keys.json"))
                        .GET());
        assertThat(keys.body()).contains("\"crv\":\"P-256\"").doesNotContain("\"d\"");
        var token = com.nimbusds.jwt.SignedJWT.parse(seen.get(0).getFirst("X-MCP-Identity"));
        var key = com.nimbusds.jose.jwk.JWKSet.parse(keys.body())
                .getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(token.verify(new com.nimbusds.jose.crypto.ECDSAVerifier(key.toECKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("http://" + address() + "/mcp");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("user:al\r\nX-Evil: 1 ü%");
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(RESOURCE);
        assertThat(token.getJWTClaimsSet().getExpirationTime())
                .isBefore(java.util.Date.from(java.time.Instant.now().plusSeconds(61)));
    }

    @Test
    void servesManyServersOnOnePortAndNoneByItsPathsWrittenOtherwise() throws Exception {
        proxy.close();
        Path file = folder.resolve("many.yaml");
        String one = """
                  - name: %s
                    resource: https://%s
                    clientId: files-mcp
                    clientSecret: {env: SECRET}
                    upstream: "http://%s/%s"
                """;
        Files.writeString(
                file,
                "listen: {port: 0}\nam: {domain: \"" + AM.baseUrl() + "/demo\"}\nservers:\n"
                        + one.formatted("files", "files.example/mcp", address(), "mcp")
                        + one.formatted("notes", "notes.example/notes/mcp", address(), "notes")
                        + one.formatted("others", "others.example/mcp", address(), "others"));
        proxy = GuardProxy.start(SettingsFile.read(file, Map.of("SECRET", "hidden")));
        json("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}");
        URI url = URI.create(proxy.url());
        for (String path : new String[] {
            "/notes/../mcp", "/notes%2Fmcp", "//notes/mcp", "/Notes/mcp", "/notes/mcp/", "/notes/mcp;x"
        }) {
            assertThat(send(request("alice", PING)
                                    .uri(url.resolve("/")
                                            .resolve(URI.create(url.getScheme() + "://" + url.getAuthority() + path))))
                            .statusCode())
                    .as(path)
                    .isIn(400, 404);
        }
        // The token is for files: notes refuses it, and /mcp of two hosts is nobody's without a host.
        assertThat(send(request("alice", PING).uri(url.resolve("/notes/mcp"))).statusCode())
                .isEqualTo(401);
        assertThat(send(request("alice", PING)).statusCode()).isEqualTo(404);
        assertThat(send(HttpRequest.newBuilder(url.resolve("/.well-known/oauth-protected-resource/notes/mcp"))
                                .GET())
                        .body())
                .contains("https://notes.example/notes/mcp");
    }

    private HttpResponse<String> management(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.managementPort() + path))
                .GET());
    }

    private ProxySettings settings(String top, String ofServer) throws Exception {
        Path file = folder.resolve("guard.yaml");
        Files.writeString(file, """
                listen: {port: 0}
                %s
                am: {domain: "%s/demo"}
                servers:
                  - name: files
                    resource: %s
                    clientId: files-mcp
                    clientSecret: {env: SECRET}
                    upstream: "http://%s/mcp"
                    limits: {amMillis: 20000}
                    %s
                """.formatted(top, AM.baseUrl(), RESOURCE, address(), ofServer));
        return SettingsFile.read(file, Map.of("SECRET", "hidden"));
    }
}
