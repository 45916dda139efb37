package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a grant ran out whose condition is false. Two forms are known: {@code current_time} against one moment that the tuple keeps, and
 * against one moment and one duration of it ({@code current_time < grant_time + grant_duration}).
 */
final class GrantEnd {

    private static final String NOW = "current_time";

    /** Go's durations, as OpenFGA takes them: {@code 1h30m}, {@code 1.5h}. */
    private static final Pattern DURATION = Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:h|ms|m|s))+");

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s)");

    private GrantEnd() {}

    /**
     * Works it out.
     *
     * @param parameters those of the part of the condition that is false
     * @param context the values of the question
     * @param condition the tuple's
     * @return the moment, not after {@code current_time}; empty where the condition is false for another reason, or of another form
     */
    static Optional<Instant> of(List<String> parameters, Map<String, Object> context, StoredTuple.Condition condition) {
        Optional<Instant> now = moment(context.get(NOW));
        if (now.isEmpty() || !parameters.contains(NOW) || condition.context().containsKey(NOW)) {
            return Optional.empty();
        }
        List<Instant> moments = new ArrayList<>();
        List<Duration> durations = new ArrayList<>();
        for (String parameter : parameters) {
            Object value = condition.context().get(parameter);
            moment(value).ifPresent(moments::add);
            duration(value).ifPresent(durations::add);
        }
        boolean isKnown = moments.size() == 1
                && durations.size() <= 1
                && parameters.size() == 1 + moments.size() + durations.size();
        if (!isKnown) {
            return Optional.empty();
        }
        Instant end = durations.isEmpty() ? moments.get(0) : moments.get(0).plus(durations.get(0));
        return Optional.of(end).filter(moment -> !moment.isAfter(now.get()));
    }

    private static Optional<Instant> moment(Object value) {
        try {
            return value instanceof String text
                    ? Optional.of(OffsetDateTime.parse(text).toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> duration(Object value) {
        if (!(value instanceof String text)
                || text.length() > 40
                || !DURATION.matcher(text).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        for (Matcher part = PART.matcher(text); part.find(); ) {
            long unit = switch (part.group(2)) {
                case "h" -> ChronoUnit.HOURS.getDuration().toMillis();
                case "m" -> ChronoUnit.MINUTES.getDuration().toMillis();
                case "s" -> ChronoUnit.SECONDS.getDuration().toMillis();
                default -> 1;
            };
            sum = sum.plusMillis((long) Math.min(1e15, Double.parseDouble(part.group(1)) * unit));
        }
        return Optional.of(sum);
    }
}
