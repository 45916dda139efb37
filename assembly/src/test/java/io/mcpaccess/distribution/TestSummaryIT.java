package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn verify} prints at its end. */
class TestSummaryIT {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    @TempDir
    Path root;

    @Test
    void countsTheReportsOfThisBuildAndSaysWhyTestsWereSkipped() throws Exception {
        report("src/a", "new", 60, """
                <testsuite time="1,002.5" tests="3" errors="0" skipped="1" failures="1">
                  <testcase name="u" classname="x.B"><flakyFailure message="too slow"/></testcase>
                  <testcase name="t" classname="x.B"><skipped message="no Go &lt;here&gt;"/></testcase>
                </testsuite>""");
        report("src/a", "old", -60, "<testsuite time=\"1\" tests=\"100\" errors=\"0\" skipped=\"0\" failures=\"0\"/>");
        Path coverage = root.resolve("src/b/target/site/jacoco/jacoco.csv");
        Files.createDirectories(coverage.getParent());
        Files.writeString(coverage, "GROUP,PACKAGE,CLASS,INSTRUCTION_MISSED,INSTRUCTION_COVERED\na,b,C,10,90\n");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Path.of(System.getProperty("repository.root"), "assembly/build-tools/TestSummary.java")
                                .toString(),
                        root.toString(),
                        START.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(out).isZero();
        assertThat(out)
                .containsPattern("a +3 +1 +1 +1003")
                .containsPattern("b +0 +0 +0 +0 +90.0%")
                .contains("each is a fault to mend:\n  B.u\n")
                .contains("skipped, no Go <here>:\n  B.t\n")
                .contains("3 tests, 1 failed, 1 skipped, ");
    }

    private void report(String module, String name, int seconds, String xml) throws Exception {
        Path file = root.resolve(module).resolve("target/surefire-reports/TEST-" + name + ".xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, xml);
        Files.setLastModifiedTime(file, FileTime.from(START.plusSeconds(seconds)));
    }
}
