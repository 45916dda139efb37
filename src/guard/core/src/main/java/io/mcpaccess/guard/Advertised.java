package io.mcpaccess.guard;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the MCP server tells clients that have no token yet.
 *
 * @param issuer the authorization server's issuer identifier; empty means the AM domain's own
 * @param scopesSupported for the metadata's {@code scopes_supported}; may be empty
 * @param firstScopes for the {@code scope} of a 401 challenge, what a client should ask for first; may be empty
 * @param name a name of the server for people
 */
public record Advertised(
        Optional<URI> issuer, List<String> scopesSupported, List<String> firstScopes, Optional<String> name) {
    /** Takes immutable copies. */
    public Advertised {
        scopesSupported = List.copyOf(scopesSupported);
        firstScopes = List.copyOf(firstScopes);
    }

    /**
     * @return the domain's issuer and nothing else
     */
    public static Advertised nothing() {
        return new Advertised(Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    /**
     * @param scopes the scopes a client may ask for
     * @return the same with these as {@code scopes_supported}
     */
    public Advertised withScopesSupported(List<String> scopes) {
        return new Advertised(issuer, scopes, firstScopes, name);
    }

    /**
     * @param scopes the scopes a client should ask for first
     * @return the same with these in the 401 challenge
     */
    public Advertised withFirstScopes(List<String> scopes) {
        return new Advertised(issuer, scopesSupported, scopes, name);
    }

    /**
     * @param publicIssuer the issuer identifier that clients see, where the server reaches AM under another URL
     * @return the same with this issuer
     */
    public Advertised withIssuer(URI publicIssuer) {
        return new Advertised(Optional.of(publicIssuer), scopesSupported, firstScopes, name);
    }

    /**
     * @param forPeople a name of the server
     * @return the same with this name
     */
    public Advertised withName(String forPeople) {
        return new Advertised(issuer, scopesSupported, firstScopes, Optional.of(forPeople));
    }
}
