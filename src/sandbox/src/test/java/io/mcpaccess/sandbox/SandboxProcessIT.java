package io.mcpaccess.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line, in a process of its own whose class path has the launcher alone. */
@Timeout(120)
class SandboxProcessIT {
    @TempDir
    Path folder;

    @Test
    void saysOneLineWhenItServesAndStopsOnSigterm() throws Exception {
        Process process =
                start(folder, "gateway: {port: 0}\nmanagement: {port: 0}\nplugins: .\ndomains: [{id: demo}]\n");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = out.readLine();
            assertThat(ready)
                    .as(this::log)
                    .matches(
                            "sandbox ready gateway=http://127\\.0\\.0\\.1:\\d+ management=http://127\\.0\\.0\\.1:\\d+");
            String gateway = ready.replaceAll(".*gateway=(\\S+).*", "$1");
            assertThat(new TestBrowser()
                            .get(gateway + "/demo/oidc/.well-known/openid-configuration")
                            .statusCode())
                    .isEqualTo(200);

            process.toHandle().destroy(); // Process.destroy would close the stream that is read below.

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(out.readLine()).as("nothing else on standard output").isNull();
            assertThat(log()).doesNotContain("did not stop cleanly");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anEngineInShadowModeIsWarnedAboutOnceWhenItStarts() throws Exception {
        Files.writeString(folder.resolve("store.fga.yaml"), "model: |\n  model\n    schema 1.1\n  type user\n");
        Process process = start(folder, """
                gateway: {port: 0}
                management: {port: 0}
                domains:
                  - id: demo
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: store.fga.yaml, permissionMode: shadow}}
                  - id: strict
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: strict.fga.yaml}}
                """);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).as(this::log).startsWith("sandbox ready");

            assertThat(log().lines().filter(line -> line.contains("gateway") && line.contains("shadow mode")))
                    .as(log())
                    .singleElement()
                    .asString()
                    .contains("WARN");
        } finally {
            process.toHandle().destroy();
            process.waitFor(30, TimeUnit.SECONDS);
            process.destroyForcibly();
        }
    }

    @Test
    void saysWhatIsWrongWithTheFileAndStartsNothing() throws Exception {
        Process process = start(folder, "gateway: {port: 0}\ndomains: [{id: demo, colour: green}]\n");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(log()).contains("sandbox.yml:2: 'colour' is unknown in domains[0]");
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isNull();
    }

    @Test
    void gatewayHasNoClassThatOnlyTheManagementNodeOfAmHas() throws Exception {
        ClassLoader shared = new SharedClassesOnly(SandboxProcessIT.class.getClassLoader());
        Path home = Path.of(System.getProperty("repository.root"));
        NodeClassPath gateway = NodeClassPath.open("gateway", SandboxServer.AM_LINE, home, shared);
        NodeClassPath management = NodeClassPath.open("management", SandboxServer.AM_LINE, home, shared);
        try {
            for (String name : List.of("jakarta.ws.rs.GET", "com.fasterxml.jackson.datatype.jsr310.JavaTimeModule")) {
                assertThat(has(gateway, name)).as(name).isFalse();
                assertThat(has(management, name)).as(name).isTrue();
            }
            for (String name : List.of("com.nimbusds.oauth2.sdk.Scope", SandboxServer.class.getName())) {
                assertThat(has(gateway, name)).as("a plugin sees " + name).isFalse();
            }
        } finally {
            gateway.close();
            management.close();
        }
    }

    private static boolean has(NodeClassPath node, String name) {
        try {
            node.contextLoader().loadClass(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Starts the launcher in a process of its own; its log goes to the file {@code log} in the folder. */
    static Process start(Path folder, String yaml, String... javaOptions) throws IOException {
        Path file = Files.writeString(folder.resolve("sandbox.yml"), yaml);
        String classes = Path.of(SandboxServer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(javaOptions));
        command.addAll(List.of(
                "-cp",
                classes,
                Sandbox.class.getName(),
                "--config",
                file.toString(),
                "--home",
                System.getProperty("repository.root")));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("log").toFile())
                .start();
    }

    private String log() {
        try (Stream<String> lines = Files.lines(folder.resolve("log"))) {
            return String.join("\n", lines.toList());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
