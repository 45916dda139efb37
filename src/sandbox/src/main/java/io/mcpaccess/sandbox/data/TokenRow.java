package io.mcpaccess.sandbox.data;

/**
 * An access or refresh token as the database knows it, by its jti.
 *
 * @param jti token identifier
 * @param domain domain identifier
 * @param client client identifier
 * @param user user identifier, null for client credentials
 * @param refresh jti of the refresh token that came with it, may be null
 * @param createdAt epoch milliseconds
 * @param expiresAt epoch milliseconds
 */
public record TokenRow(
        String jti, String domain, String client, String user, String refresh, long createdAt, long expiresAt) {}
