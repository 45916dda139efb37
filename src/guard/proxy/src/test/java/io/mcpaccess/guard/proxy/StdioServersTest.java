package io.mcpaccess.guard.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.mcpaccess.guard.proxy.settings.ProxySettings;
import io.mcpaccess.guard.proxy.settings.SettingsFile;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server that is a program, here a shell script, behind the proxy. */
class StdioServersTest {
    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}";
    private static final String SCRIPT = """
            sleep 600 &
            echo $! > "$CHILDREN/$$.child"
            echo "a line of the log" >&2
            while IFS= read -r line; do
              id=$(printf '%s' "$line" | sed -n 's/^{"jsonrpc":"2.0","id":\\([^,]*\\),.*/\\1/p')
              case "$line" in
                *'"method":"initialize"'*)
                  echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"protocolVersion":"2025-11-25"}}' ;;
                *'"name":"env"'*)
                  echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"env":"'"$(env | cut -d= -f1 | sort | tr '\\n' ' ')"'","subject":"'"$MCP_SUBJECT"'"}}' ;;
                *'"name":"echo"'*)
                  echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"line":'"$line"'}}' ;;
                *'"name":"slow"'*)
                  echo 'this is no message'
                  echo '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":7,"progress":1}}'
                  echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"slow":true}}' ;;
                *'"name":"die"'*) exit 3 ;;
                *'"method":"tools/list"'*)
                  echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"tools":[{"name":"echo"},{"name":"secret_tool"}]}}' ;;
              esac
            done
            """;

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private GuardProxy proxy;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("server.sh"), SCRIPT);
        Files.createDirectory(folder.resolve("children"));
        for (String user : List.of("alice", "bob")) {
            AM.stubFor(post("/demo/oauth/introspect")
                    .withRequestBody(containing("token=" + user))
                    .willReturn(okJson("{\"active\":true,\"aud\":\"" + ProxyBeforeServer.RESOURCE
                            + "\",\"scope\":\"b a\",\"client_id\":\"agent\",\"sub\":\"" + user
                            + "-sub\",\"username\":\"" + user + "\"}")));
        }
        AM.stubFor(post("/demo/access/v1/evaluation").willReturn(okJson(ProxyBeforeServer.YES)));
        run("sessions: 3, sessionsOfOne: 2, ageSeconds: 3600");
    }

    private void run(String bounds) throws Exception {
        proxy = GuardProxy.start(settings(bounds));
    }

    private ProxySettings settings(String bounds) throws Exception {
        Path file = folder.resolve("guard.yaml");
        Files.writeString(
                file, """
                listen: {port: 0}
                am: {domain: "%s/demo"}
                servers:
                  - name: files
                    resource: %s
                    clientId: files-mcp
                    clientSecret: {env: SECRET}
                    command: [sh, server.sh]
                    stdio:
                      %s
                      directory: .
                      environment: {set: {CHILDREN: children}}
                    limits: {heartbeatSeconds: 1, amMillis: 20000}
                """.formatted(AM.baseUrl(), ProxyBeforeServer.RESOURCE, bounds.replace(", ", "\n      ")));
        return SettingsFile.read(file, Map.of("SECRET", "hidden", "PATH", System.getenv("PATH"), "NOT_LISTED", "x"));
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void opensASessionAndCallsATool() throws Exception {
        String session = open("alice");
        HttpResponse<String> answer = send("alice", session, call(1, "echo", ""));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("\"id\":1").contains("\"name\":\"echo\"");
    }

    @Test
    void tellsWhoCallsAndDropsWhatTheClientSaysAboutThat() throws Exception {
        String session = open("alice");
        String forged = ",\"_meta\":{\"io.mcpaccess/caller\":{\"subject\":\"user:root\"},\"progressToken\":3}";
        assertThat(send("alice", session, call(1, "echo", forged)).body())
                .contains(
                        "\"io.mcpaccess/caller\":{\"subject\":\"user:alice\",\"client\":\"agent\",\"scopes\":\"a b\"}")
                .contains("\"progressToken\":3")
                .doesNotContain("user:root");
        assertThat(send("alice", session, call(2, "env", "")).body()).contains("\"subject\":\"user:alice\"");
    }

    @Test
    void attackWhoCallsSaidInOtherLetters() throws Exception {
        String session = open("alice");
        String forged = ",\"_meta\":{\"IO.mcpaccess/Caller\":{\"actor\":\"agent:root\"},\"progressToken\":3}";
        assertThat(send("alice", session, call(1, "echo", forged)).body())
                .contains("\"subject\":\"user:alice\"", "\"progressToken\":3")
                .doesNotContain("root");
    }

    @Test
    void saysWhenToTryAgainWhereACallerHasTooManySessions() throws Exception {
        List<InputStream> streams = new ArrayList<>();
        for (int session = 0; session < 2; session++) {
            streams.add(client.send(
                            request("alice", open("alice")).GET().build(), HttpResponse.BodyHandlers.ofInputStream())
                    .body());
        }
        HttpResponse<String> third = send("alice", "", INITIALIZE);
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        for (InputStream stream : streams) {
            stream.close();
        }
    }

    @Test
    void programsOfSettingsThatHoldNoMoreEndWithTheProxy() throws Exception {
        send("alice", open("alice"), call(1, "echo", ""));
        ProcessHandle child = child();
        proxy.reload(settings("sessions: 2, sessionsOfOne: 2"));
        proxy.close();
        await().atMost(Duration.ofSeconds(20)).until(() -> !child.isAlive());
    }

    @Test
    void attackAProgramSeesNothingOfTheProxysEnvironment() throws Exception {
        String body = send("alice", open("alice"), call(1, "env", "")).body();
        assertThat(body).contains("PATH", "CHILDREN").doesNotContain("SECRET", "NOT_LISTED", "HOME");
    }

    @Test
    void attackAnotherUsersSession() throws Exception {
        String session = open("alice");
        assertThat(send("bob", session, call(1, "echo", "")).statusCode()).isEqualTo(404);
        assertThat(send("alice", "made-up", call(1, "echo", "")).statusCode()).isEqualTo(404);
    }

    @Test
    void streamsWhatComesBeforeTheAnswerAndLeavesOutWhatIsNoMessage() throws Exception {
        String session = open("alice");
        HttpResponse<String> answer = send("alice", session, call(1, "slow", ",\"_meta\":{\"progressToken\":7}"));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(answer.body())
                .contains("notifications/progress", "\"slow\":true")
                .doesNotContain("this is no message", "a line of the log");
    }

    @Test
    void filtersTheListOfTools() throws Exception {
        AM.stubFor(post("/demo/access/v1/evaluations")
                .willReturn(okJson("{\"evaluations\":[" + ProxyBeforeServer.YES + "," + ProxyBeforeServer.NO + "]}")));
        String session = open("alice");
        String list = send("alice", session, "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/list\"}")
                .body();
        assertThat(list).contains("echo").doesNotContain("secret_tool");
    }

    @Test
    void endsAProcessWithItsChildrenWhenItsSessionEnds() throws Exception {
        String session = open("alice");
        send("alice", session, call(1, "echo", ""));
        ProcessHandle child = child();
        assertThat(child.isAlive()).isTrue();
        assertThat(client.send(request("alice", session).DELETE().build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(204);
        await().atMost(Duration.ofSeconds(20)).until(() -> !child.isAlive());
        assertThat(send("alice", session, call(2, "echo", "")).statusCode()).isEqualTo(404);
    }

    @Test
    void aStoppedProxyLeavesNoProcessBehind() throws Exception {
        send("alice", open("alice"), call(1, "echo", ""));
        ProcessHandle child = child();
        proxy.close();
        await().atMost(Duration.ofSeconds(20)).until(() -> !child.isAlive());
    }

    @Test
    void boundsTheSessionsOfOneAndOfAll() throws Exception {
        String first = open("alice");
        open("alice");
        open("alice");
        assertThat(send("alice", first, call(1, "echo", "")).statusCode()).isEqualTo(404);
        open("bob");
        assertThat(send("bob", "", INITIALIZE).statusCode()).isEqualTo(503);
    }

    @Test
    void endsSessionsThatAreTooOld() throws Exception {
        proxy.close();
        run("ageSeconds: 1");
        String session = open("alice");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> send("alice", session, call(1, "echo", "")).statusCode() == 404);
    }

    @Test
    void saysSoWhenTheProgramEnds() throws Exception {
        String session = open("alice");
        assertThat(send("alice", session, call(1, "die", "")).statusCode()).isEqualTo(502);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> send("alice", session, call(2, "echo", "")).statusCode() == 404);
    }

    @Test
    void passesMessagesOfTheServerToTheOpenStream() throws Exception {
        String session = open("alice");
        HttpResponse<InputStream> stream =
                client.send(request("alice", session).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(send("alice", session, call(1, "slow", "")).body()).contains("\"slow\":true");
            String line = lines.readLine();
            while (line.isEmpty() || line.startsWith(":") || line.startsWith("event")) {
                line = lines.readLine();
            }
            assertThat(line).contains("notifications/progress");
        }
    }

    @Test
    void wantsInitializeFirst() throws Exception {
        assertThat(send("alice", "", call(1, "echo", "")).statusCode()).isEqualTo(400);
    }

    private ProcessHandle child() throws Exception {
        try (var files = Files.list(folder.resolve("children"))) {
            Path file = files.findFirst().orElseThrow();
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .orElseThrow();
        }
    }

    private String open(String user) throws Exception {
        HttpResponse<String> answer = send(user, "", INITIALIZE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    private static String call(int id, String tool, String more) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\""
                + more + "}}";
    }

    private HttpResponse<String> send(String user, String session, String body) throws Exception {
        return client.send(
                request(user, session)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String user, String session) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(proxy.url()))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + user)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
        return session.isEmpty() ? request : request.header("Mcp-Session-Id", session);
    }
}
