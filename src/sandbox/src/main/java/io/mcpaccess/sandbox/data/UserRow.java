package io.mcpaccess.sandbox.data;

/**
 * A user of a domain.
 *
 * @param id identifier
 * @param domain domain identifier
 * @param source identity provider
 * @param externalId identifier at the identity provider
 * @param username user name, unique per identity provider only
 * @param passwordHash BCrypt hash
 * @param email e-mail address, may be null
 * @param enabled whether the user may sign in
 */
public record UserRow(
        String id,
        String domain,
        String source,
        String externalId,
        String username,
        String passwordHash,
        String email,
        boolean enabled) {
    @Override
    public String toString() {
        return "UserRow[id=" + id + ", domain=" + domain + "]";
    }
}
