package io.mcpaccess.sandbox.data;

import java.util.List;
import java.util.Map;

/**
 * A security domain.
 *
 * @param id identifier, also its path
 * @param name display name
 * @param entrypoint base URL that clients see, null for the gateway's own
 * @param forms Thymeleaf pages of its own, by template name
 * @param customClaims expressions for claims of access tokens, by claim name
 * @param identityProviders identity providers, at least one
 * @param updatedAt epoch milliseconds
 */
public record DomainRow(
        String id,
        String name,
        String entrypoint,
        Map<String, String> forms,
        Map<String, String> customClaims,
        List<ProviderRow> identityProviders,
        long updatedAt) {
    /**
     * The path of the domain on the gateway.
     *
     * @return {@code /} and the identifier
     */
    public String path() {
        return "/" + id;
    }
}
