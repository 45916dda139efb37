package io.mcpaccess.sandbox.data;

import java.util.Set;

/**
 * An authorization code that was not used yet.
 *
 * @param code the code
 * @param domain domain identifier
 * @param client client identifier
 * @param user user identifier
 * @param redirectUri redirect URI of the request, null where it named none
 * @param scopes granted scopes
 * @param resources resource indicators of the request
 * @param codeChallenge PKCE challenge, may be null
 * @param codeChallengeMethod PKCE method, may be null
 * @param nonce OpenID Connect nonce, may be null
 * @param expiresAt epoch milliseconds
 */
public record CodeRow(
        String code,
        String domain,
        String client,
        String user,
        String redirectUri,
        Set<String> scopes,
        Set<String> resources,
        String codeChallenge,
        String codeChallengeMethod,
        String nonce,
        long expiresAt) {
    @Override
    public String toString() {
        return "CodeRow[domain=" + domain + ", client=" + client + "]";
    }
}
