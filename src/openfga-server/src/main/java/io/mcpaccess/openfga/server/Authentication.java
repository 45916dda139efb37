package io.mcpaccess.openfga.server;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How the engine shows an OpenFGA server who it is. */
public sealed interface Authentication {

    /** Not at all. */
    record None() implements Authentication {}

    /**
     * A pre-shared key, sent as bearer token.
     *
     * @param token the key
     */
    record ApiToken(String token) implements Authentication {

        /** The token is not null. */
        public ApiToken {
            Objects.requireNonNull(token, "token");
        }

        @Override
        public String toString() {
            return "ApiToken[secret]";
        }
    }

    /**
     * An access token of the engine's own, got by OAuth 2.0 client credentials (RFC 6749, section 4.4).
     *
     * @param tokenEndpoint where to get it
     * @param clientId the engine's client id there
     * @param clientSecret its secret
     * @param audience the {@code audience} parameter that some authorization servers want
     * @param scopes the scopes to ask for; may be empty
     */
    record ClientCredentials(
            URI tokenEndpoint, String clientId, String clientSecret, Optional<String> audience, List<String> scopes)
            implements Authentication {

        /** Nothing is null; the list is copied. */
        public ClientCredentials {
            Objects.requireNonNull(tokenEndpoint, "tokenEndpoint");
            Objects.requireNonNull(clientId, "clientId");
            Objects.requireNonNull(clientSecret, "clientSecret");
            Objects.requireNonNull(audience, "audience");
            scopes = List.copyOf(scopes);
        }

        @Override
        public String toString() {
            return "ClientCredentials[tokenEndpoint=" + tokenEndpoint + ", clientId=" + clientId + ", secret]";
        }
    }
}
