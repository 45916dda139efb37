package io.mcpaccess.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void printsStepsAsTheyHappenAndTheTableAtTheEnd() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Report report = new Report(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        report.step(1, "Title", "something");
        report.saw("401");
        report.row("no token", 401, "", 5);
        report.row("scope missing", 403, "scope_missing", 12);
        report.table();
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "",
                        "1. Title",
                        "   proves  something",
                        "   saw     401",
                        "   case           status  reason code                ms",
                        "   no token          401                              5",
                        "   scope missing     403  scope_missing              12");
    }
}
