package io.mcpaccess.guard.oauth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a request's {@code Authorization} header holds. A token elsewhere (query, form) is not looked at. */
public sealed interface PresentedCredentials {
    /** No header at all. */
    record None() implements PresentedCredentials {}

    /**
     * An access token (RFC 6750, section 2.1).
     *
     * @param token the token; never printed
     */
    record Bearer(String token) implements PresentedCredentials {
        @Override
        public String toString() {
            return "Bearer[token=***]";
        }
    }

    /**
     * A client id and secret (RFC 7617).
     *
     * @param userAndPassword decoded, with the colon; never printed
     */
    record Basic(String userAndPassword) implements PresentedCredentials {
        @Override
        public String toString() {
            return "Basic[userAndPassword=***]";
        }
    }

    /** Another scheme, more than one header, or something unreadable. */
    record Unusable() implements PresentedCredentials {}

    /** The {@code b64token} of RFC 6750, section 2.1. */
    Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /**
     * @param headers every {@code Authorization} header of the request; not null
     * @return what they hold; more than one header is {@link Unusable}, as nobody can tell which one counts
     */
    static PresentedCredentials read(List<String> headers) {
        if (headers.isEmpty()) {
            return new None();
        }
        String header = headers.get(0).trim();
        int space = header.indexOf(' ');
        if (headers.size() > 1 || space < 0) {
            return new Unusable();
        }
        String value = header.substring(space + 1).trim();
        return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> TOKEN.matcher(value).matches() ? new Bearer(value) : new Unusable();
            case "basic" -> basic(value);
            default -> new Unusable();
        };
    }

    private static PresentedCredentials basic(String value) {
        try {
            return new Basic(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return new Unusable();
        }
    }
}
