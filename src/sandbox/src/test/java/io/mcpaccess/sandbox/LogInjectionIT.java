package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a caller writes into names forges no line of the node's log or of the audit, and its tokens stand in neither. */
@Timeout(120)
class LogInjectionIT {
    private static final String HOSTILE = "x\\nFORGED line\\r\\nFORGED again\\u2028FORGED\\u0000";
    private static final String TOKEN = "c2VjcmV0.dG9rZW4.bm9ib2R5cw";

    @TempDir
    Path folder;

    @Test
    void hostileNamesForgeNoLineOfTheLogEvenAtDebug() throws Exception {
        Files.writeString(folder.resolve("store.fga.yaml"), """
                model: |
                  model
                    schema 1.1
                  type user
                  type tool
                    relations
                      define can_call: [user]
                """);
        Process process = SandboxProcessIT.start(folder, """
                gateway: {port: 0}
                management: {port: 0}
                domains:
                  - id: demo
                    applications: [{clientId: agent, clientSecret: s3cret, grantTypes: [client_credentials]}]
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: store.fga.yaml}}
                """, "-Dsandbox.log=DEBUG");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = out.readLine();
            assertThat(ready).startsWith("sandbox ready");
            String gateway = ready.replaceAll(".*gateway=(\\S+).*", "$1");
            String management = ready.replaceAll(".*management=(\\S+).*", "$1");

            for (String body : List.of(
                    question("user", "alice", "can_call", "tool", HOSTILE),
                    question("user", HOSTILE, "can_call", "tool", "pay"),
                    question("user", "alice", HOSTILE, "tool", "pay"),
                    question(HOSTILE, "alice", "can_call", HOSTILE, "pay"),
                    question("identity", "alice", "tools/" + HOSTILE, "tool", "pay"),
                    "{\"" + HOSTILE + "\":1,\"" + HOSTILE + "\":2}")) {
                ask(gateway, "/evaluation", body);
                ask(gateway, "/evaluations", "{\"evaluations\":[" + body + "]}");
                ask(gateway, "/search/subject", body);
            }
            String audits = new TestBrowser()
                    .get(management + "/sandbox/audits?type=PERMISSION_EVALUATED")
                    .body();
            assertThat(audits).contains("x?FORGED line??FORGED again?FORGED?").doesNotContain("\\n", "\\r", TOKEN);
            String log = Files.readString(folder.resolve("log"));
            assertThat(log).doesNotContain(TOKEN);
            assertThat(log.split("[\\n\\r\\u2028]")).noneMatch(line -> line.startsWith("FORGED"));
        } finally {
            process.toHandle().destroy();
            process.waitFor(30, TimeUnit.SECONDS);
            process.destroyForcibly();
        }
    }

    private static String question(String subjectType, String subject, String action, String type, String id) {
        return "{\"subject\":{\"type\":\"" + subjectType + "\",\"id\":\"" + subject + "\"},\"action\":{\"name\":\""
                + action
                + "\"},\"resource\":{\"type\":\"" + type + "\",\"id\":\"" + id + "\"},\"context\":{\"access_token\":\""
                + TOKEN + "\",\"" + HOSTILE + "\":\"" + HOSTILE + "\"}}";
    }

    private static void ask(String gateway, String path, String body) {
        new TestBrowser()
                .send(HttpRequest.newBuilder(URI.create(gateway + "/demo/access/v1" + path))
                        .header("Authorization", basic("agent", "s3cret"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }
}
