package io.mcpaccess.openfga.embedded.condition.cel;

/** What a call costs by the sizes of its arguments (cel-go 0.31, interpreter, actual cost of calls). */
final class CallCost {

    private static final double OF_A_CHARACTER = 0.1;
    private static final double OF_A_CHARACTER_OF_A_PATTERN = 0.25;

    private CallCost() {}

    static long of(String overload, Object[] arguments) {
        return switch (overload) {
            case "starts_with_string", "ends_with_string" -> part(CelValues.size(arguments[1]), OF_A_CHARACTER);
            case "string_to_bytes", "bytes_to_string" -> part(CelValues.size(arguments[0]), OF_A_CHARACTER);
            case "in_list" -> CelValues.size(arguments[1]);
            case "less_string",
                    "greater_string",
                    "less_equals_string",
                    "greater_equals_string",
                    "less_bytes",
                    "greater_bytes",
                    "less_equals_bytes",
                    "greater_equals_bytes",
                    "equals",
                    "not_equals" ->
                part(Math.min(CelValues.size(arguments[0]), CelValues.size(arguments[1])), OF_A_CHARACTER);
            case "add_string", "add_bytes" ->
                part(CelValues.size(arguments[0]) + CelValues.size(arguments[1]), OF_A_CHARACTER);
            case "matches", "matches_string" ->
                part(1 + CelValues.size(arguments[0]), OF_A_CHARACTER)
                        * part(CelValues.size(arguments[1]), OF_A_CHARACTER_OF_A_PATTERN);
            case "contains_string" ->
                part(CelValues.size(arguments[0]), OF_A_CHARACTER) * part(CelValues.size(arguments[1]), OF_A_CHARACTER);
            default -> 1;
        };
    }

    private static long part(long size, double factor) {
        return (long) Math.ceil(size * factor);
    }
}
