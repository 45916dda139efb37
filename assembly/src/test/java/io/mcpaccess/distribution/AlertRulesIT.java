package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules by Prometheus' own promtool: its grammar, and the cases of alerts-test.yml. Skipped where there is no promtool. */
class AlertRulesIT {

    private static final Path MONITORING = Repository.root().resolve("assembly/monitoring");

    @TempDir
    Path folder;

    private String promtool;

    @BeforeEach
    void find() {
        Optional<String> found = Optional.ofNullable(System.getenv("PROMTOOL"))
                .or(() -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, "promtool"))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .findFirst());
        assumeTrue(found.isPresent(), "promtool is neither on the PATH nor named by PROMTOOL");
        promtool = found.get();
    }

    @Test
    void rulesAreWhatPrometheusReads() throws Exception {
        assertThat(run("check", "rules", "--lint=all", "--lint-fatal", "alerts.yml"))
                .contains("SUCCESS");
    }

    @Test
    void alertsFireWhenTheyMust() throws Exception {
        assertThat(run("test", "rules", "alerts-test.yml")).contains("SUCCESS");
    }

    private String run(String... arguments) throws Exception {
        File log = folder.resolve("log").toFile();
        Process process = new ProcessBuilder(Stream.concat(Stream.of(promtool), List.of(arguments).stream())
                        .toList())
                .directory(MONITORING.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(log.toPath());
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
