package io.mcpaccess.benchmarks;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param name what was measured
 * @param value what was found
 * @param unit of the value and the aim
 * @param aim the most it should be; NaN where there is no aim
 */
record Row(String name, double value, String unit, double aim) {

    static Row plain(String name, double value, String unit) {
        return new Row(name, value, unit, Double.NaN);
    }

    @Override
    public String toString() {
        String verdict = Double.isNaN(aim)
                ? ""
                : String.format(Locale.ROOT, "%10s  %s", "<= " + number(aim), value <= aim ? "met" : "MISSED");
        return String.format(Locale.ROOT, "%-58s %12s %-12s %s", name, number(value), unit, verdict)
                .stripTrailing();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}
