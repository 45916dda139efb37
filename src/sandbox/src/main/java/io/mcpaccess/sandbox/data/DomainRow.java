package io.mcpaccess.sandbox.data;

import java.util.List;
import java.util.Map;

/**
 * A security domain.
 *
 * @param id identifier, the one that the management API takes
 * @param hrid its name for humans, also its path
 * @param name display name
 * @param entrypoint base URL that clients see, null for the gateway's own
 * @param customClaims expressions for claims of access tokens, by claim name
 * @param identityProviders identity providers, at least one
 * @param redirects which redirect URIs applications may register
 * @param registration how clients may register themselves
 * @param consent how users are asked
 * @param updatedAt epoch milliseconds
 */
public record DomainRow(
        String id,
        String hrid,
        String name,
        String entrypoint,
        Map<String, String> customClaims,
        List<ProviderRow> identityProviders,
        RedirectRules redirects,
        RegistrationRow registration,
        Consent consent,
        long updatedAt) {
    /**
     * How users are asked for their consent.
     *
     * @param perScope whether each scope is approved or denied by itself, as AM does since 4.13; before, one answer is for all
     * @param dictionaries texts of the domain's own, by language, then by key
     */
    public record Consent(boolean perScope, Map<String, Map<String, String>> dictionaries) {}

    /**
     * AM's switches for redirect URIs that are refused unless they are on.
     *
     * @param allowLocalhostRedirectUri loopback hosts
     * @param allowHttpSchemeRedirectUri http
     * @param allowWildCardRedirectUri with a star
     */
    public record RedirectRules(
            boolean allowLocalhostRedirectUri, boolean allowHttpSchemeRedirectUri, boolean allowWildCardRedirectUri) {}

    /**
     * The path of the domain on the gateway.
     *
     * @return {@code /} and the name for humans
     */
    public String path() {
        return "/" + hrid;
    }
}
