package io.mcpaccess.openfga.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfga.sdk.errors.ApiException;
import io.mcpaccess.openfga.Failures;
import io.mcpaccess.openfga.server.http.AnswerTooLargeException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Reads what the SDK and the HTTP clients throw, and gives each a name. */
final class ServerFailures {

    private static final int LONGEST_MESSAGE = 500;

    private final ObjectMapper json;
    private final InstantSource clock;

    ServerFailures(ObjectMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * Names a failure.
     *
     * @param thrown what a future failed with
     * @return the failure; one that is already named stays what it is
     */
    ServerFailure of(Throwable thrown) {
        Throwable cause = Failures.unwrapped(thrown);
        if (cause instanceof ServerFailure failure) {
            return failure;
        }
        if (cause instanceof ApiException exception) {
            return ofApi(exception);
        }
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return ServerFailure.of(ServerFailure.Kind.TIMEOUT, "OpenFGA did not answer in time");
        }
        if (isTooLarge(cause)) {
            return ServerFailure.of(ServerFailure.Kind.MALFORMED, "OpenFGA's answer is longer than any that is read");
        }
        if (cause instanceof JsonProcessingException) {
            return ServerFailure.of(ServerFailure.Kind.MALFORMED, "OpenFGA's answer is not the JSON it should be");
        }
        return ServerFailure.of(ServerFailure.Kind.UNREACHABLE, "OpenFGA was not reached: " + why(cause));
    }

    /** Whether it was given up because it has too many bytes. */
    static boolean isTooLarge(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof AnswerTooLargeException) {
                return true;
            }
        }
        return false;
    }

    private static String why(Throwable cause) {
        if (cause instanceof SSLException) {
            return "TLS failed, " + printable(String.valueOf(innermost(cause).getMessage()));
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
                return "its host name is not known";
            }
        }
        return cause instanceof ConnectException
                ? "no connection could be made"
                : "the connection broke (" + cause.getClass().getSimpleName() + ")";
    }

    /** The outer ones say no more than that a connection was not made. */
    private static Throwable innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private ServerFailure ofApi(ApiException exception) {
        if (exception.getStatusCode() == 0) {
            Throwable cause = exception.getCause();
            return cause == null || cause instanceof ApiException
                    ? ServerFailure.of(ServerFailure.Kind.MALFORMED, "The OpenFGA SDK gave up without a reason")
                    : of(cause);
        }
        return refused(
                exception.getStatusCode(),
                exception.getResponseData(),
                exception.getResponseHeaders() == null
                        ? null
                        : exception
                                .getResponseHeaders()
                                .firstValue("Retry-After")
                                .orElse(null));
    }

    /**
     * Names an answer with a status other than 2xx.
     *
     * @param status the HTTP status
     * @param body its body, which may be anything; may be null
     * @param retryAfter its {@code Retry-After} header; may be null
     * @return the failure
     */
    ServerFailure refused(int status, String body, String retryAfter) {
        JsonNode error = parsed(body);
        return ServerFailure.refused(
                status,
                printable(error.path("code").asText("")),
                printable(error.path("message").asText("")),
                delay(retryAfter));
    }

    private JsonNode parsed(String body) {
        try {
            JsonNode tree = json.readTree(body == null ? "" : body);
            return tree.has("error") ? tree.path("error") : tree;
        } catch (JsonProcessingException e) {
            return json.missingNode();
        }
    }

    /** Of RFC 9110, section 10.2.3: seconds or a date. Anything else counts as not there. */
    private Duration delay(String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
        } catch (NumberFormatException notSeconds) {
            try {
                ZonedDateTime date = ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
                return Duration.between(clock.instant(), date.toInstant());
            } catch (DateTimeException notDate) {
                return null;
            }
        }
    }

    private static String printable(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= LONGEST_MESSAGE ? plain : plain.substring(0, LONGEST_MESSAGE) + "…";
    }
}
