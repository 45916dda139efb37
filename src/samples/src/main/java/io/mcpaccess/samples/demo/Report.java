package io.mcpaccess.samples.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What the demo prints: its steps as they happen, and the table at the end. */
final class Report {
    /**
     * A line of the table.
     *
     * @param what the case
     * @param status the HTTP status that the client saw
     * @param reason the reason code
     * @param millis how long it took
     */
    record Row(String what, int status, String reason, long millis) {}

    private final PrintStream out;
    private final List<Row> rows = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void note(String text) {
        out.println(text);
    }

    void step(int number, String title, String proves) {
        out.println();
        out.println(number + ". " + title);
        out.println("   proves  " + proves);
    }

    void saw(String text) {
        out.println("   saw     " + text);
    }

    void row(String what, int status, String reason, long millis) {
        rows.add(new Row(what, status, reason, millis));
    }

    void table() {
        int widest = rows.stream().mapToInt(row -> row.what().length()).max().orElse(4);
        String line = "   %-" + widest + "s  %6s  %-21s  %6s";
        out.println(line.formatted("case", "status", "reason code", "ms").stripTrailing());
        rows.forEach(row -> out.println(line.formatted(row.what(), row.status(), row.reason(), row.millis())));
    }
}
