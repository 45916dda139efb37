package io.mcpaccess.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path logs;

    @Test
    void waitsForTheLineThatSaysItIsReady() throws IOException {
        try (ChildProcess process = bash("echo hello; echo ready http://x; sleep 60")) {
            assertThat(process.await("ready ", SOON)).isEqualTo("http://x");
        }
    }

    @Test
    void passesTheEnvironment() throws IOException {
        try (ChildProcess process =
                ChildProcess.start("child", List.of("bash", "-c", "echo \"$SECRET\""), Map.of("SECRET", "s"), logs)) {
            assertThat(process.await("", SOON)).isEqualTo("s");
        }
    }

    @Test
    void answersLineByLine() throws IOException {
        try (ChildProcess process = bash("while read -r line; do echo \"<$line>\"; done")) {
            assertThat(process.ask("a", SOON)).isEqualTo("<a>");
            assertThat(process.ask("b", SOON)).isEqualTo("<b>");
        }
    }

    @Test
    void showsTheLogOfAProcessThatEndsTooEarly() throws IOException {
        try (ChildProcess process = bash("echo no such thing >&2; exit 3")) {
            assertThatExceptionOfType(DifferentAnswer.class)
                    .isThrownBy(() -> process.await("ready ", SOON))
                    .withMessageContaining("no such thing");
        }
    }

    @Test
    void endsTheProcessAndWhatItStarted() throws IOException {
        ChildProcess process = bash("sleep 300 & echo $!; wait");
        long grandchild = Long.parseLong(process.await("", SOON));
        process.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(ProcessHandle.of(grandchild).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void endsAProcessThatIgnoresTheFirstCall() throws IOException {
        ChildProcess process = bash("trap '' TERM; echo on; while :; do sleep 1; done");
        process.await("on", SOON);
        process.close();
        process.close();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aClosedStageStartsNothing() throws IOException {
        Stage stage = new Stage(logs);
        ChildProcess process = stage.start("child", List.of("sleep", "300"), Map.of());
        stage.close();
        assertThat(process.isAlive()).isFalse();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> stage.start("late", List.of("sleep", "300"), Map.of()));
    }

    private ChildProcess bash(String script) throws IOException {
        return ChildProcess.start("child", List.of("bash", "-c", script), Map.of(), logs);
    }
}
