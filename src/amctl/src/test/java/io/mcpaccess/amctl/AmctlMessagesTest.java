package io.mcpaccess.amctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads when something is wrong: what it was, and what to do; no path of an API, no library's words. */
class AmctlMessagesTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plna demo | Did you mean plan",
                "domain | Did you mean domains",
                "tuples qualfy demo | Did you mean qualify",
                "scopes demo --dry-rnu | Did you mean --dry-run",
                "protect demo --mode observ | --mode must be one of observe, reject, narrow.",
                "check demo alice can_call tool:pay | USER is a type and a name with a colon between them",
                "check demo user:alice can_call pay | OBJECT is a type and a name with a colon between them",
                "tuples | tuples qualify or tuples unqualify",
                "tuples imprt demo x | Did you mean import"
            })
    void aMistypedCommandLineIsHelped(String line, String help) {
        int code = run("http://127.0.0.1:1/management", line.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(help);
    }

    @Test
    void aMissingFileIsAMissingFile() {
        assertThat(run("http://127.0.0.1:1", "declare", "demo", "-f", folder + "/none.yaml"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("There is no file " + folder + "/none.yaml.");
    }

    @Test
    void aFolderIsNoFile() {
        assertThat(run("http://127.0.0.1:1", "declare", "demo", "-f", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains(folder + " is a folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "servers:~  - name: a~    name: b | the key 'name' stands there twice at line 3",
                "servers:~  - name: a~   resourceIdentifiers: [] | it is no YAML at line 3",
                "servers:~  - {name: a | it is no YAML at line 3",
                "servers:~\tx: 1 | it is no YAML at line 2"
            })
    void aFaultOfYamlIsShownAtItsLine(String yaml, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("servers.yaml"), yaml.replace("~", "\n") + "\n");

        assertThat(run("http://127.0.0.1:1", "declare", "demo", "-f", file.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1:1/management | connection refused",
                "http://no-such-host.invalid/management | host name is unknown (DNS)"
            })
    void whatCannotBeReachedIsNamedWithItsCause(String url, String cause) {
        assertThat(run(url, "domains")).isEqualTo(6);
        assertThat(err.toString())
                .contains("AM's management API at " + url, cause)
                .doesNotContain("Exception", "/auth");
    }

    @Test
    void anAddressThatSpeaksNoTlsIsNamed() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread greeter = new Thread(() -> greet(server));
            greeter.start();

            assertThat(run("https://127.0.0.1:" + server.getLocalPort() + "/management", "domains"))
                    .isEqualTo(6);
        }
        assertThat(err.toString()).contains("TLS failed");
    }

    private static void greet(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("220 mail.example.com ready\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"404 | not here", "200 | <html></html>", "405 | {}"})
    void aWrongAddressIsRecognised(int status, String body) throws IOException {
        HttpServer server = server(status, body);

        assertThat(run("http://127.0.0.1:" + server.getAddress().getPort(), "domains"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is not AM's management API", "/management");
        server.stop(0);
    }

    @Test
    void whereADomainIsNotFoundTheOthersAreListed() throws IOException {
        HttpServer server = server(
                200,
                "{\"access_token\":\"t\",\"data\":[{\"id\":\"1\",\"hrid\":\"demo\",\"name\":\"Demo\"},"
                        + "{\"id\":\"2\",\"hrid\":\"shop\",\"name\":\"Shop\"}],\"totalCount\":2}");
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/management";

        assertThat(run(url, "scopes", "dmeo")).isEqualTo(7);
        assertThat(err.toString()).contains("There are: demo, shop.");
        assertThat(run(url, "domains")).isZero();
        assertThat(out.toString()).contains("demo  Demo  1");
        server.stop(0);
    }

    @Test
    void aFailureIsJsonWhereJsonIsAskedFor() throws IOException {
        int code = run("http://127.0.0.1:1/management", "scopes", "demo", "--json");

        JsonNode error = new ObjectMapper().readTree(out.toString()).path("error");
        assertThat(error.path("exitCode").asInt()).isEqualTo(code).isEqualTo(6);
        assertThat(error.path("message").asText()).contains("connection refused");
    }

    @Test
    void aRefusalOfAmNamesNoPath() throws IOException {
        HttpServer server = server(500, "{\"message\":\"boom\"}");

        assertThat(run("http://127.0.0.1:" + server.getAddress().getPort() + "/management", "domains"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("boom", "status 500").doesNotContain("/auth", "POST");
        server.stop(0);
    }

    @Test
    void completionIsAScriptForTheShell() {
        assertThat(run("http://127.0.0.1:1", "generate-completion")).isZero();
        assertThat(out.toString()).contains("bash", "amctl", "doctor");
    }

    private int run(String url, String... arguments) {
        return Amctl.run(
                List.of(arguments),
                Map.of("AMCTL_URL", url, "AMCTL_USERNAME", "ops", "AMCTL_PASSWORD", "pw"),
                new PrintWriter(out, true),
                new PrintWriter(err, true));
    }

    private static HttpServer server(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }
}
