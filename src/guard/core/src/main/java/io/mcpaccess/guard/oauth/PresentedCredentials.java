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
     * An access token that says it is bound to a key (RFC 9449, section 7.1).
     *
     * @param token the token; never printed
     */
    record Dpop(String token) implements PresentedCredentials {
        @Override
        public String toString() {
            return "Dpop[token=***]";
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

    /** More than one: nobody can tell which counts. */
    record Several() implements PresentedCredentials {}

    /** Another scheme, or something that cannot be a token: also one longer than any server's header. */
    record Unusable() implements PresentedCredentials {}

    /** Two headers that an intermediary made one (RFC 9110, section 5.2). */
    Pattern JOINED = Pattern.compile(",\\s*(bearer|basic|dpop)\\s", Pattern.CASE_INSENSITIVE);

    /** The most characters of a token: more would only be carried to AM to be refused there. */
    int LONGEST = 16_384;

    /** The {@code b64token} of RFC 6750, section 2.1. */
    Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /**
     * @param headers every {@code Authorization} header of the request; not null
     * @return what they hold
     */
    static PresentedCredentials read(List<String> headers) {
        if (headers.isEmpty()) {
            return new None();
        }
        String header = headers.get(0).trim();
        if (headers.size() > 1 || JOINED.matcher(header).find()) {
            return new Several();
        }
        int space = header.indexOf(' ');
        if (space < 0 || header.length() > LONGEST) {
            return new Unusable();
        }
        String value = header.substring(space + 1).trim();
        return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> TOKEN.matcher(value).matches() ? new Bearer(value) : new Unusable();
            case "dpop" -> TOKEN.matcher(value).matches() ? new Dpop(value) : new Unusable();
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
