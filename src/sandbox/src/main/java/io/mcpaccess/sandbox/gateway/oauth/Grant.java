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
 * @param refreshToken claims of the exchanged refresh token, null for other grants
 */
record Grant(
        String type,
        UserRow user,
        Set<String> scopes,
        Set<String> resources,
        Set<String> authorizedResources,
        String nonce,
        Map<String, Object> refreshToken) {}
