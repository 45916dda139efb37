package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an import shows an MCP server stays out of every log, however much the node is told to log, and of every answer. */
@Timeout(180)
class ImportCredentialsIT {
    private static final String TOKEN = "tok-4f1c9e77aa";
    private static final String SECRET = "sec-93bb02d1ff";
    private static final String BASIC =
            Base64.getEncoder().encodeToString(("billing-mcp:" + SECRET).getBytes(StandardCharsets.UTF_8));
    private static final String BEARER_BODY = "\"bearerToken\":\"" + TOKEN + "\"";
    private static final String BASIC_BODY = "\"clientId\":\"billing-mcp\",\"clientSecret\":\"" + SECRET + "\"";

    @TempDir
    Path folder;

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private HttpServer live;
    private HttpServer openFga;

    @BeforeEach
    void serve() throws IOException {
        live = server();
        live.createContext(
                "/good", exchange -> answer(exchange, 200, "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[]}}"));
        live.createContext("/refused", exchange -> answer(exchange, 401, "{\"error\":\"not " + said(exchange) + "\"}"));
        live.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/" + said(exchange));
            answer(exchange, 302, "");
        });
        live.createContext("/broken", exchange -> answer(exchange, 200, "{\"jsonrpc\":\"" + said(exchange)));
        live.createContext(
                "/error",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32022,\"message\":\"" + said(exchange)
                                + "\"}}"));
        live.start();
        openFga = server();
        openFga.createContext("/", exchange -> answer(exchange, 404, "{}"));
        openFga.start();
    }

    @AfterEach
    void stop() {
        live.stop(0);
        openFga.stop(0);
    }

    @Test
    void credentialsOfAnImportAreInNoLogAndNoAnswer() throws Exception {
        Process process = SandboxProcessIT.start(
                folder,
                """
                gateway: {port: 0}
                management: {port: 0}
                settings: {mcp.import.allowPrivateNetworks: true}
                domains:
                  - id: demo
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, resourceIdentifiers: ["%s"]}
                    authorizationEngine: {type: openfga, name: engine, configuration: {connectionUri: "%s", storeId: 01KAXSF4BBSTS2QEC4V6FVW8WM}}
                """.formatted(url(live, "/good"), url(openFga, "")),
                "-Djdk.httpclient.HttpClient.log=all",
                "-Djdk.internal.httpclient.debug=true",
                "-Dsandbox.log=TRACE");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = out.readLine();
            assertThat(ready).as(this::log).contains("management=");
            ManagementClient admin = new ManagementClient(
                    URI.create(ready.replaceAll(".*management=(\\S+).*", "$1")), "admin", "adminadmin");

            importAll(admin);
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(shown).contains("Bearer " + TOKEN, "Basic " + BASIC);
        assertThat(String.join("\n", answers)).doesNotContain(TOKEN, SECRET, BASIC);
        assertThat(log())
                .as("everything is logged that can be, so that the next line can fail")
                .contains(" TRACE ")
                .doesNotContain(TOKEN, SECRET, BASIC);
    }

    private void importAll(ManagementClient admin) {
        String settings = ManagementClient.domain("demo") + "/authorization-engines/"
                + json(admin.get(ManagementClient.domain("demo") + "/authorization-engines"))
                        .path(0)
                        .path("id")
                        .asText()
                + "/settings";
        admin.get(settings + "/store"); // To OpenFGA.
        String server = json(admin.get(settings + "/mcp/servers"))
                .path("servers")
                .path(0)
                .path("id")
                .asText();
        for (String credentials : List.of(BEARER_BODY, BASIC_BODY)) {
            for (String path : List.of("/good", "/refused", "/moved", "/broken", "/error")) {
                String body = "{\"url\":\"" + url(live, path) + "\"," + credentials + "}";
                keep(admin.call("POST", settings + "/mcp/servers/import?dryRun=true", body));
                keep(admin.call("POST", settings + "/mcp/servers/" + server + "/drift", body));
            }
            keep(admin.call(
                    "POST", settings + "/mcp/servers/import", "{\"url\":\"http://127.0.0.1:1/\"," + credentials + "}"));
            keep(admin.call("POST", settings + "/mcp/servers/import", "{\"url\":\"x\"," + credentials + "}"));
            keep(admin.call("POST", settings + "/mcp/servers/import", "{\"url\":\"x\"," + credentials + " broken"));
        }
        keep(admin.call(
                "POST", settings + "/mcp/servers/import", "{\"url\":\"x\"," + BEARER_BODY + "," + BASIC_BODY + "}"));
        keep(admin.call(
                "POST", settings + "/mcp/servers/import", "{\"url\":\"x\",\"bearerToken\":\"" + TOKEN + "\\u0000\"}"));
        assertThat(answers.get(0)).contains("\"applied\":false");
    }

    private void keep(HttpResponse<String> response) {
        answers.add(response.headers().map() + response.body());
    }

    private String said(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        shown.add(said(exchange));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static HttpServer server() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private static String url(HttpServer server, String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
