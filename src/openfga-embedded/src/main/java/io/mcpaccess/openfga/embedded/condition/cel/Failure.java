package io.mcpaccess.openfga.embedded.condition.cel;

/**
 * The value of an expression that has none. It travels through an evaluation as a value, because {@code &&} and
 * {@code ||} may do without it.
 *
 * @param reason what went wrong, for a person; holds no values
 */
record Failure(String reason) {

    static final Failure NO_OVERLOAD = new Failure("an operation got a value of a type that it does not take");
    static final Failure NO_SUCH_KEY = new Failure("a map has no such key");
    static final Failure NO_SUCH_INDEX = new Failure("a list has no such index");
    static final Failure DIVISION_BY_ZERO = new Failure("a division by zero");
    static final Failure OVERFLOW = new Failure("a number, duration or timestamp became too large or too small");
    static final Failure CONVERSION = new Failure("a value cannot be converted to the type asked for");
    static final Failure BAD_DURATION = new Failure("a text is no duration; durations look like 1h30m or 45s");
    static final Failure BAD_TIMESTAMP = new Failure("a text is no RFC 3339 timestamp, such as 2026-01-31T08:00:00Z");
    static final Failure BAD_PATTERN = new Failure("a pattern is no regular expression of RE2");
    static final Failure BAD_ZONE = new Failure("a time zone is unknown");
    static final Failure BAD_ADDRESS = new Failure("a text is no IP address");
    static final Failure BAD_NETWORK = new Failure("a text is no network in CIDR notation, such as 10.0.0.0/8");
}
