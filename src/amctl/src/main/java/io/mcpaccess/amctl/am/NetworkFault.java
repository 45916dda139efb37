package io.mcpaccess.amctl.am;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What went wrong between two machines, in words. */
public final class NetworkFault {
    private NetworkFault() {}

    /**
     * The cause of a call that got no answer.
     *
     * @param failure what Java's HTTP client threw
     * @return a few words, such as "connection refused"
     */
    public static String words(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof java.net.UnknownHostException) {
                return "its host name is unknown (DNS)";
            }
            if (cause instanceof SSLException) {
                return "TLS failed: its certificate is not trusted, not for this host name, or it speaks no TLS";
            }
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof ConnectException) {
            return "connection refused";
        }
        return "the connection broke off";
    }

    /**
     * Reads a Date header (RFC 9110, section 5.6.7).
     *
     * @param date the header's text
     * @return the time, empty where it is none
     */
    public static Optional<Instant> instant(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
