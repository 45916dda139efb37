package io.mcpaccess.guard.oauth;

import java.net.URI;
import java.util.Collection;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The value of a {@code WWW-Authenticate} header for bearer tokens (RFC 6750, section 3; RFC 9728, section 5.1), or for
 * tokens that are bound to a key (RFC 9449, section 7.1). Immutable; each method gives a new challenge.
 */
public final class BearerChallenge {
    /** The {@code error} codes of RFC 6750, section 3.1, and RFC 9449, section 7.1. */
    public enum Error {
        /** The request is malformed: 400. */
        INVALID_REQUEST("invalid_request"),
        /** The token is expired, revoked, malformed or for another server: 401. */
        INVALID_TOKEN("invalid_token"),
        /** There is no proof of possession, or it is not good: 401. */
        INVALID_DPOP_PROOF("invalid_dpop_proof"),
        /** The token lacks a scope: 403. */
        INSUFFICIENT_SCOPE("insufficient_scope");

        private final String code;

        Error(String code) {
            this.code = code;
        }

        /**
         * @return the code as its RFC writes it
         */
        public String code() {
            return code;
        }
    }

    /** Servers and clients take headers of 8 KiB; a challenge that is longer would never arrive. */
    private static final int MOST_SCOPE_CHARACTERS = 4096;

    private static final Pattern SCOPE_TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    private static final Pattern DESCRIPTION = Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private final String scheme;
    private final String algorithms;
    private final Error error;
    private final String description;
    private final String scope;
    private final URI resourceMetadata;

    private BearerChallenge(
            String scheme, String algorithms, Error error, String description, String scope, URI resourceMetadata) {
        this.scheme = scheme;
        this.algorithms = algorithms;
        this.error = error;
        this.description = description;
        this.scope = scope;
        this.resourceMetadata = resourceMetadata;
    }

    /**
     * A challenge for a request without a token: RFC 6750, section 3.1 wants no error code there.
     *
     * @param resourceMetadata the absolute URL of the protected resource metadata
     * @return the challenge
     */
    public static BearerChallenge of(URI resourceMetadata) {
        Objects.requireNonNull(resourceMetadata, "resourceMetadata");
        return new BearerChallenge("Bearer", null, null, null, null, resourceMetadata);
    }

    /**
     * @param accepted the signature algorithms of proofs (RFC 9449, section 7.1)
     * @return this challenge for a token that is bound to a key
     */
    public BearerChallenge dpop(Collection<String> accepted) {
        String names = String.join(" ", new TreeSet<>(accepted));
        return new BearerChallenge("DPoP", names, error, description, scope, resourceMetadata);
    }

    /**
     * @param code why the token was refused
     * @return this challenge with that error code
     */
    public BearerChallenge error(Error code) {
        Objects.requireNonNull(code, "code");
        return new BearerChallenge(scheme, algorithms, code, description, scope, resourceMetadata);
    }

    /**
     * @param text for the client's developer, in printable ASCII without quote and backslash (RFC 6750, section 3)
     * @return this challenge with that description
     * @throws IllegalArgumentException when the text has other characters
     */
    public BearerChallenge description(String text) {
        if (!DESCRIPTION.matcher(text).matches()) {
            throw new IllegalArgumentException("An error_description takes printable ASCII without \" and \\.");
        }
        return new BearerChallenge(scheme, algorithms, error, text, scope, resourceMetadata);
    }

    /**
     * @param scopes the scopes that this operation needs, all of them; empty leaves the parameter out, and so does more
     *     text than a header can hold
     * @return this challenge with those scopes
     * @throws IllegalArgumentException when one is no scope token of RFC 6749, section 3.3
     */
    public BearerChallenge scopes(Collection<String> scopes) {
        for (String one : scopes) {
            if (!isScopeToken(one)) {
                throw new IllegalArgumentException("A scope has characters that RFC 6749, section 3.3 does not allow.");
            }
        }
        String joined = String.join(" ", scopes);
        boolean fits = !joined.isEmpty() && joined.length() <= MOST_SCOPE_CHARACTERS;
        return new BearerChallenge(scheme, algorithms, error, description, fits ? joined : null, resourceMetadata);
    }

    /**
     * @param text a candidate
     * @return whether it is one scope token of RFC 6749, section 3.3
     */
    public static boolean isScopeToken(String text) {
        return SCOPE_TOKEN.matcher(text).matches();
    }

    /**
     * @return the header's value, every parameter as a quoted string
     */
    public String headerValue() {
        StringJoiner parameters = new StringJoiner(", ", scheme + " ", "");
        if (error != null) {
            parameters.add(parameter("error", error.code()));
        }
        if (description != null) {
            parameters.add(parameter("error_description", description));
        }
        if (scope != null) {
            parameters.add(parameter("scope", scope));
        }
        if (algorithms != null) {
            parameters.add(parameter("algs", algorithms));
        }
        parameters.add(parameter("resource_metadata", resourceMetadata.toASCIIString()));
        return parameters.toString();
    }

    @Override
    public String toString() {
        return headerValue();
    }

    private static String parameter(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
