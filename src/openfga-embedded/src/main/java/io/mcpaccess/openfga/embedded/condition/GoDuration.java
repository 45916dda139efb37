package io.mcpaccess.openfga.embedded.condition;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them, such as {@code 1h30m}, {@code -1.5s} or {@code 300ms} (Go, time.ParseDuration). */
final class GoDuration {

    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final BigDecimal LONGEST = new BigDecimal(Long.MAX_VALUE);
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "μs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);

    private GoDuration() {}

    static Duration parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String rest = signed ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher matcher = PART.matcher(rest);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(new BigDecimal(NANOS.get(matcher.group(2)))));
            end = matcher.end();
        }
        if (rest.isEmpty() || end != rest.length() || nanos.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("expected a duration, such as 1h30m or 45s");
        }
        long length = nanos.toBigInteger().longValue();
        return Duration.ofNanos(text.startsWith("-") ? -length : length);
    }
}
