package io.mcpaccess.openfga.server;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Why one call to the server gave no usable answer. Carries no stack trace: under an outage it is made very often. */
final class ServerFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What happened. */
    enum Kind {
        /** No connection, or it broke. */
        UNREACHABLE,
        /** Too late. */
        TIMEOUT,
        /** Not asked: the circuit breaker is open. */
        BREAKER_OPEN,
        /** Not asked: so many others came before that there was no time left, or no place to wait. */
        TOO_MANY,
        /** The engine could not get an access token. */
        NO_TOKEN,
        /** An HTTP status other than 2xx. */
        REFUSED,
        /** A 2xx answer that is no answer. */
        MALFORMED
    }

    private final Kind kind;
    private final int status;
    private final String code;
    private final String apiMessage;
    private final transient Duration retryAfter;

    private ServerFailure(Kind kind, String message, int status, String code, String apiMessage, Duration retryAfter) {
        super(message, null, false, false);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.status = status;
        this.code = code;
        this.apiMessage = apiMessage;
        this.retryAfter = retryAfter;
    }

    static ServerFailure of(Kind kind, String message) {
        return new ServerFailure(kind, message, 0, "", "", null);
    }

    static ServerFailure refused(int status, String code, String apiMessage, Duration retryAfter) {
        String message = "OpenFGA answered " + status + (code.isEmpty() ? "" : " (" + code + ")");
        return new ServerFailure(Kind.REFUSED, message, status, code, apiMessage, retryAfter);
    }

    Kind kind() {
        return kind;
    }

    /** The HTTP status, or 0 where there was none. */
    int status() {
        return status;
    }

    /** OpenFGA's error code, or an empty string. */
    String code() {
        return code;
    }

    /** OpenFGA's words. They may hold values of a question's context: never for a log, and shown only to who sent them. */
    String apiMessage() {
        return apiMessage;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether it says something about the server's health, and not about the question or the settings. */
    boolean isOutage() {
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, MALFORMED -> true;
            case BREAKER_OPEN, TOO_MANY, NO_TOKEN -> false;
            case REFUSED -> status >= 500 || status == 429;
        };
    }

    /** Whether the same read may succeed a moment later. */
    boolean isWorthRetrying() {
        return switch (kind) {
            case UNREACHABLE -> true;
            case TIMEOUT, MALFORMED, BREAKER_OPEN, TOO_MANY, NO_TOKEN -> false;
            case REFUSED -> status == 429 || (status >= 500 && status != 501);
        };
    }
}
