package io.mcpaccess.sandbox.gateway.oauth;

import io.mcpaccess.sandbox.data.UserRow;
import java.util.Map;
import java.util.Set;

/**
 * What a token request earned, before policies.
 *
 * @param type the grant type
 * @param user the user, null for client credentials
 * @param scopes validated scopes
 * @param resources what the access token is for
 * @param authorizedResources what the user authorized, which the refresh token remembers
 * @param nonce OpenID Connect nonce, null where there is none
 * @param refreshToken claims of the refresh token that is used up, null for other grants
 * @param exchange what a token exchange adds, null for other grants
 */
record Grant(
        String type,
        UserRow user,
        Set<String> scopes,
        Set<String> resources,
        Set<String> authorizedResources,
        String nonce,
        Map<String, Object> refreshToken,
        TokenExchange.Exchanged exchange) {
    /** A grant that is no exchange. */
    Grant(
            String type,
            UserRow user,
            Set<String> scopes,
            Set<String> resources,
            Set<String> authorizedResources,
            String nonce,
            Map<String, Object> refreshToken) {
        this(type, user, scopes, resources, authorizedResources, nonce, refreshToken, null);
    }
}
