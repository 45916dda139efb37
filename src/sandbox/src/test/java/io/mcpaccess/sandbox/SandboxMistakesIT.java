package io.mcpaccess.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mcpaccess.sandbox.shared.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What AM would take in silence is said before the sandbox serves; and the page that says what is in it. */
class SandboxMistakesIT {
    private static final Path HOME = Path.of(System.getProperty("repository.root"));
    private static final String GOOD = """
            gateway: {port: 0}
            management: {port: 0}
            domains:
              - id: demo
                users: [{username: alice, password: wonderland}]
                applications:
                  - {clientId: agent, name: "<Agent>", redirectUris: ["http://127.0.0.1:9999/callback"]}
                protectedResources:
                  - name: billing
                    clientId: billing
                    resourceIdentifiers: ["http://127.0.0.1:9100/mcp"]
                    features: [{key: list_invoices, scopes: ["invoices:read"]}]
                authorizationEngine: {type: openfga, configuration: {mode: embedded, storeFile: s.fga.yaml}}
                flows: [{extensionPoint: PRE_TOKEN, policy: mcp-tool-access, configuration: {mode: observe}}]
            """;
    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user]
            tuples: [{user: "user:alice", relation: can_call, object: "tool:list_invoices"}]
            """;

    @TempDir
    Path folder;

    private List<String> check(String yaml, String store) throws Exception {
        Files.writeString(folder.resolve("s.fga.yaml"), store);
        return SandboxServer.check(HOME, SandboxServer.AM_LINE, Files.writeString(folder.resolve("sandbox.yml"), yaml));
    }

    @Test
    void aGoodFileHasNoMistakes() throws Exception {
        assertThat(check(GOOD, STORE)).isEmpty();
    }

    @Test
    void namesUnknownPoliciesEnginesAndSettings() throws Exception {
        assertThat(check(GOOD.replace("policy: mcp-tool-access", "policy: mcp-tool-acces"), STORE))
                .containsExactly(
                        "domain demo, flow 1 (TOKEN): there is no policy 'mcp-tool-acces'; installed: mcp-tool-access");
        assertThat(check(GOOD.replace("type: openfga", "type: opnfga"), STORE))
                .containsExactly(
                        "domain demo, authorizationEngine: there is no authorization engine 'opnfga'; installed: openfga");
        assertThat(check(GOOD.replace("{mode: observe}", "{moode: observe, reconsent: \"no\", timeoutMs: 5}"), STORE))
                .satisfiesExactly(
                        unknown -> assertThat(unknown).contains("no setting 'moode'; it has action, mode,"),
                        type -> assertThat(type).contains("'reconsent' of mcp-tool-access is not of type boolean"),
                        range -> assertThat(range)
                                .contains("'timeoutMs' of mcp-tool-access is not between 50 and 10000"));
        assertThat(check(GOOD.replace("{mode: observe}", "{mode: observ}"), STORE))
                .singleElement()
                .asString()
                .contains("'mode' of mcp-tool-access cannot be \"observ\"; it is one of [\"observe\"");
        assertThat(check(GOOD.replace("storeFile:", "storFile:"), STORE))
                .singleElement()
                .asString()
                .startsWith("domain demo, authorizationEngine: ")
                .contains("storFile");
    }

    @Test
    void namesWhatIsWrongWithAStoreFile() throws Exception {
        assertThat(check(GOOD, STORE.replace("can_call, object", "may_call, object")))
                .singleElement()
                .asString()
                .startsWith("domain demo, authorizationEngine: ")
                .contains("s.fga.yaml")
                .contains("may_call");
    }

    @Test
    void namesUnknownKeysOfSettingsAndFlagsThatAreNone() {
        String yaml =
                "settings: {mcp.import.allowPrivateNetwork: true, mcp.import.allowPrivateNetworks: yes, mcp.embedded.maxAgeSeconds: soon}\n"
                        + GOOD;
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> check(yaml, STORE))
                .withMessageContaining(
                        "sandbox.yml:1: 'mcp.import.allowPrivateNetwork' is unknown in settings; known are ")
                .withMessageContaining("'mcp.import.allowPrivateNetworks' of settings is not true or false")
                .withMessageContaining("'mcp.embedded.maxAgeSeconds' of settings is not a whole number");
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        Files.writeString(folder.resolve("s.fga.yaml"), STORE);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String yaml = GOOD.replace("management: {port: 0}", "management: {port: " + taken.getLocalPort() + "}");
            assertThatIOException()
                    .isThrownBy(() -> SandboxServer.start(HOME, folder.resolve("sandbox.yml"), yaml)
                            .close())
                    .withMessageContaining(
                            "Port " + taken.getLocalPort() + " of 127.0.0.1, for the management node, is in use");
        }
    }

    @Test
    void theLauncherEndsWithTheMistakesAndServesNothing() throws Exception {
        Files.writeString(folder.resolve("s.fga.yaml"), STORE);
        Process process = SandboxProcessIT.start(folder, GOOD.replace("policy: mcp", "policy: pcm"));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("log")))
                .contains("sandbox.yml: domain demo, flow 1 (TOKEN): there is no policy 'pcm-tool-access'");
        assertThat(process.inputReader().readLine()).isNull();
    }

    @Test
    void theStartPageLeadsToConsentMapAndMetrics() throws Exception {
        Files.writeString(folder.resolve("s.fga.yaml"), STORE);
        try (SandboxServer server = SandboxServer.start(HOME, folder.resolve("sandbox.yml"), GOOD)) {
            HttpClient browser = HttpClient.newBuilder()
                    .cookieHandler(new java.net.CookieManager())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
            String page = get(browser, server.gateway() + "/");
            assertThat(page)
                    .contains("Domain demo", "alice", "list_invoices", "&lt;Agent&gt; asks for billing")
                    .doesNotContain("<Agent>", "wonderland");
            for (String link : links(page)) {
                assertThat(get(browser, server.management().resolve(link).toString()))
                        .as(link)
                        .isNotNull();
            }
            String target = page.replaceAll("(?s).*name=redirect value='([^']*)'.*", "$1");
            HttpResponse<String> map = browser.send(
                    HttpRequest.newBuilder(server.management().resolve("/management/auth/login"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Accept", "text/html")
                            .POST(HttpRequest.BodyPublishers.ofString("username=admin&password=adminadmin&redirect="
                                    + java.net.URLEncoder.encode(target, java.nio.charset.StandardCharsets.UTF_8)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(map.statusCode()).as(map.body()).isEqualTo(200);
            assertThat(map.body()).contains("<html", "list_invoices");
        }
    }

    @Test
    void knowsEverySettingThatThePluginsRead() throws IOException {
        var literal = java.util.regex.Pattern.compile("\"(mcp\\.(?!access\\.)[a-z][A-Za-z]*\\.[A-Za-z.]+)\"");
        try (var files = Files.walk(HOME.resolve("src"))) {
            List<String> keys = files.filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                    .filter(file -> !file.toString().matches(".*/src/(sandbox|samples|guard|amctl|benchmarks)/.*"))
                    .flatMap(file -> {
                        try {
                            return literal.matcher(Files.readString(file))
                                    .results()
                                    .map(found -> found.group(1));
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .distinct()
                    .toList();
            assertThat(keys).contains("mcp.embedded.dir");
            String all = String.join(
                    "\n",
                    Files.readAllLines(
                            HOME.resolve("src/sandbox/src/main/java/io/mcpaccess/sandbox/config/KnownSettings.java")));
            assertThat(keys).as("KnownSettings").allMatch(key -> all.contains("\"" + key + "\""));
        }
    }

    private static List<String> links(String page) {
        return java.util.regex.Pattern.compile("href='([^']*)'")
                .matcher(page)
                .results()
                .map(link -> link.group(1).replace("&amp;", "&"))
                .toList();
    }

    private static String get(HttpClient browser, String url) throws Exception {
        HttpResponse<String> answer =
                browser.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(url).isEqualTo(200);
        return answer.body();
    }
}
