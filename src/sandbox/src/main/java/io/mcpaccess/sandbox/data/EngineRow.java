package io.mcpaccess.sandbox.data;

/**
 * An authorization engine of a domain.
 *
 * @param id identifier
 * @param domain domain identifier
 * @param type plugin identifier
 * @param name display name
 * @param configuration JSON text for the plugin, may hold secrets
 * @param createdAt epoch milliseconds
 * @param updatedAt epoch milliseconds
 */
public record EngineRow(
        String id, String domain, String type, String name, String configuration, long createdAt, long updatedAt) {
    @Override
    public String toString() {
        return "EngineRow[id=" + id + ", domain=" + domain + ", type=" + type + "]";
    }
}
