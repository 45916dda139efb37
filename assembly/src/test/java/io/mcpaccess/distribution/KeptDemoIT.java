package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/demo --keep}: stays, says what to try, and goes when it is told to, leaving nothing. */
class KeptDemoIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private Path log;
    private Process demo;

    @AfterEach
    void end() throws Exception {
        if (demo != null && demo.isAlive()) {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly().waitFor();
        }
    }

    @Test
    void staysWithThreeCommandsToTryAndGoesAtASignal() throws Exception {
        log = folder.resolve("out");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        demo = start(temporary);
        await().atMost(PATIENCE).until(() -> !demo.isAlive() || said().contains("It runs until Ctrl-C."));
        assertThat(demo.isAlive()).as(said()).isTrue();

        List<String> tour = said().lines()
                .dropWhile(line -> !line.startsWith("AM's gateway"))
                .toList();
        assertThat(tour.get(0)).contains("http://127.0.0.1:");
        assertThat(tour.get(1)).contains("http://127.0.0.1:", "admin / adminadmin");
        assertThat(tour).anyMatch(line -> line.startsWith("users ") && line.contains("alice / "));
        List<String> commands = tour.stream()
                .dropWhile(line -> !line.startsWith("Three commands"))
                .filter(line -> line.startsWith("  "))
                .toList();
        assertThat(commands).hasSize(3);
        assertThat(answer(commands.get(0))).startsWith("HTTP/1.1 401").containsIgnoringCase("www-authenticate: Bearer");
        assertThat(answer(commands.get(1))).contains("\"decision\":false", "permission_denied");
        assertThat(answer(commands.get(2))).contains("list_invoices");

        List<ProcessHandle> all = demo.descendants().toList();
        demo.destroy();
        assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle each : all) {
            each.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(temporary.resolve("hsperfdata_" + System.getProperty("user.name")))
                .satisfiesAnyOf(
                        path -> assertThat(path).doesNotExist(),
                        path -> assertThat(path).isEmptyDirectory());
        try (var left = Files.list(temporary)) {
            assertThat(left.filter(path -> !path.getFileName().toString().startsWith("hsperfdata_")))
                    .isEmpty();
        }
    }

    private Process start(Path temporary) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Repository.root().resolve("bin/demo").toString(), "--keep")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().put("MCP_ACCESS_BUILT", "true");
        return builder.start();
    }

    private String said() throws IOException {
        return Files.readString(log);
    }

    private String answer(String command) throws Exception {
        Path out = folder.resolve("answer");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("MCP_ACCESS_BUILT", "true");
        Process shell = builder.start();
        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }
}
