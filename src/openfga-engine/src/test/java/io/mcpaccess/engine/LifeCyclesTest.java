package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpaccess.engine.testing.NewerJava;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LifeCyclesTest {

    private static final Pattern FIGURES = Pattern.compile("threads (\\d+) (\\d+) heap (\\d+) (\\d+)");

    /** AM runs on 21 or newer; before that an HttpClient cannot be closed. */
    @Test
    void leavesNothingBehindAfterTwoHundredEngines() throws Exception {
        Optional<Path> java = NewerJava.command(21);
        assumeTrue(java.isPresent(), "no Java 21 or newer found; JAVA_NEWER_HOME may name one");

        Process process = new ProcessBuilder(
                        java.get().toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LifeCycles.class.getName(),
                        "200")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();

        Matcher figures = FIGURES.matcher(output);
        assertThat(figures.find()).as(output).isTrue();
        assertThat(Integer.parseInt(figures.group(2)))
                .as("threads, before: " + figures.group(1))
                .isLessThanOrEqualTo(Integer.parseInt(figures.group(1)) + 2);
        assertThat(Long.parseLong(figures.group(4)))
                .as("heap, before: " + figures.group(3))
                .isLessThan(Long.parseLong(figures.group(3)) + 4_000_000);
    }
}
