package io.mcpaccess.sandbox.data;

/**
 * One policy step of a flow.
 *
 * @param id identifier
 * @param domain domain identifier
 * @param order position within its extension point
 * @param extensionPoint AM ExtensionPoint, such as PRE_TOKEN
 * @param policy plugin identifier
 * @param name display name
 * @param condition expression, null or empty for always
 * @param enabled whether it runs
 * @param configuration JSON text for the plugin, may hold secrets
 */
public record FlowRow(
        String id,
        String domain,
        int order,
        String extensionPoint,
        String policy,
        String name,
        String condition,
        boolean enabled,
        String configuration) {
    @Override
    public String toString() {
        return "FlowRow[id=" + id + ", extensionPoint=" + extensionPoint + ", policy=" + policy + "]";
    }
}
