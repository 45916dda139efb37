package io.mcpaccess.sandbox.data;

/**
 * A client secret as it is stored: a BCrypt hash.
 *
 * @param id its identifier
 * @param hash the hash
 * @param expiresAt epoch milliseconds, null for never
 */
public record SecretRow(String id, String hash, Long expiresAt) {
    @Override
    public String toString() {
        return "SecretRow[id=" + id + "]";
    }
}
