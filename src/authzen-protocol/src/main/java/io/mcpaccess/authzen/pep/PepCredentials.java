package io.mcpaccess.authzen.pep;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a PEP presents in its Authorization header. */
sealed interface PepCredentials {

    /** A client id and its secret (RFC 6749, section 2.3.1). */
    record Basic(String clientId, String secret) implements PepCredentials {
        @Override
        public String toString() {
            return "Basic[" + clientId + "]";
        }
    }

    /** An access token (RFC 6750, section 2.1). */
    record Bearer(String token) implements PepCredentials {
        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /**
     * Reads an Authorization header.
     *
     * @param header the header's value, or {@code null}
     * @return the credentials; empty where there are none that this endpoint takes
     */
    static Optional<PepCredentials> read(String header) {
        if (header == null) {
            return Optional.empty();
        }
        int space = header.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String scheme = header.substring(0, space);
        String value = header.substring(space + 1).trim();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (scheme.equalsIgnoreCase("Basic")) {
            return basic(value);
        }
        return scheme.equalsIgnoreCase("Bearer") ? Optional.of(new Bearer(value)) : Optional.empty();
    }

    private static Optional<PepCredentials> basic(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Basic(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1))));
    }

    /** As AM does at its token endpoint: percent escapes are decoded, a plus sign stays one. */
    private static String decode(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
