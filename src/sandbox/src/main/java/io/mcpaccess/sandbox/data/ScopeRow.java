package io.mcpaccess.sandbox.data;

/**
 * An OAuth scope of a domain.
 *
 * @param id identifier
 * @param domain domain identifier
 * @param key the scope value
 * @param name name on the consent page
 * @param description description on the consent page
 * @param iconUri icon, may be null
 * @param expiresIn seconds that an approval lasts, null for the default
 * @param discovery whether discovery names it
 * @param parameterized whether a parameter may follow the key
 * @param system whether AM itself brings it
 * @param createdAt epoch milliseconds
 * @param updatedAt epoch milliseconds
 */
public record ScopeRow(
        String id,
        String domain,
        String key,
        String name,
        String description,
        String iconUri,
        Integer expiresIn,
        boolean discovery,
        boolean parameterized,
        boolean system,
        long createdAt,
        long updatedAt) {}
