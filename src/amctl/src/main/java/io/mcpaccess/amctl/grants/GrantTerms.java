package io.mcpaccess.amctl.grants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Until when and how far something is granted, as a condition of the store's model. The model says what it can express: a limit of
 * {@code amount} is a condition with that parameter and one more, which the tuple keeps; a time is one with {@code current_time}.
 *
 * @param until until when; empty for always
 * @param limits the values that arguments may have at the most, by the names of their parameters
 */
public record GrantTerms(Optional<Instant> until, Map<String, String> limits) {

    private static final String NOW = "current_time";
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(m|min|h|d|w)");

    /** Takes a copy. */
    public GrantTerms {
        limits = Map.copyOf(limits);
    }

    /**
     * Reads a span of time.
     *
     * @param text such as {@code 30m}, {@code 2h}, {@code 7d} or {@code 2w}
     * @return the span
     * @throws IllegalArgumentException if it is none
     */
    public static Duration span(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException("'" + text + "' is no span of time, such as 30m, 2h, 7d or 2w");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            case "w" -> Duration.ofDays(7 * count);
            default -> Duration.ofMinutes(count);
        };
    }

    /**
     * Reads a moment.
     *
     * @param text such as {@code 2027-01-01T00:00:00Z}
     * @return the moment
     * @throws IllegalArgumentException if it is none
     */
    public static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no moment with its zone, such as 2027-01-01T00:00:00Z");
        }
    }

    /**
     * The condition that says so.
     *
     * @param model the store's model as OpenFGA's JSON
     * @return {@code {name, context}}; empty where there are no terms
     * @throws IllegalArgumentException if the model has none, or several
     */
    public Optional<ObjectNode> condition(JsonNode model) {
        if (until.isEmpty() && limits.isEmpty()) {
            return Optional.empty();
        }
        List<ObjectNode> fitting = new ArrayList<>();
        model.path("conditions")
                .properties()
                .forEach(each -> fits(each.getKey(), each.getValue()).ifPresent(fitting::add));
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException("The store's model has no condition for "
                    + (until.isPresent() ? "a time (parameters current_time and one timestamp)" : "")
                    + (until.isPresent() && !limits.isEmpty() ? " and " : "")
                    + (limits.isEmpty() ? "" : "a limit of " + String.join(", ", limits.keySet()))
                    + ". The bundle's model has until and up_to");
        }
        if (fitting.size() > 1) {
            throw new IllegalArgumentException("Several conditions of the store's model fit: "
                    + fitting.stream().map(each -> each.path("name").asText()).toList());
        }
        return Optional.of(fitting.get(0));
    }

    /** Each parameter that a call brings along has one beside it that the tuple keeps: limits by name, times by type. */
    private Optional<ObjectNode> fits(String name, JsonNode condition) {
        Map<String, String> kept = new LinkedHashMap<>();
        List<String> brought = new ArrayList<>(limits.keySet());
        until.ifPresent(moment -> brought.add(NOW));
        condition.path("parameters").properties().forEach(parameter -> {
            if (!brought.contains(parameter.getKey())) {
                kept.put(
                        parameter.getKey(),
                        parameter.getValue().path("type_name").asText());
            }
        });
        boolean hasAll = brought.stream().allMatch(condition.path("parameters")::has);
        if (!hasAll || kept.size() != brought.size()) {
            return Optional.empty();
        }
        ObjectNode context = Json.object();
        List<String> values = new ArrayList<>(limits.values());
        for (Map.Entry<String, String> parameter : kept.entrySet()) {
            boolean isTime = parameter.getValue().equals("TYPE_NAME_TIMESTAMP");
            if (isTime && until.isPresent() && !context.has(parameter.getKey())) {
                context.put(parameter.getKey(), until.get().toString());
            } else if (!values.isEmpty()) {
                put(context, parameter.getKey(), parameter.getValue(), values.remove(0));
            } else {
                return Optional.empty();
            }
        }
        ObjectNode found = Json.object().put("name", name);
        found.set("context", context);
        return values.isEmpty() ? Optional.of(found) : Optional.empty();
    }

    private static void put(ObjectNode context, String name, String type, String value) {
        try {
            switch (type) {
                case "TYPE_NAME_INT", "TYPE_NAME_UINT" -> context.put(name, Long.parseLong(value));
                case "TYPE_NAME_DOUBLE" -> context.put(name, Double.parseDouble(value));
                case "TYPE_NAME_BOOL" -> context.put(name, Boolean.parseBoolean(value));
                default -> context.put(name, value);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + value + "' is no number, and " + name + " is one");
        }
    }
}
