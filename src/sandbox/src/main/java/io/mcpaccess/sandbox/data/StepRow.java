package io.mcpaccess.sandbox.data;

/**
 * One policy step of a flow, with the members of AM's io.gravitee.am.model.flow.Step.
 *
 * @param name display name
 * @param policy plugin identifier
 * @param description what it is for
 * @param configuration JSON text for the plugin, may hold secrets
 * @param enabled whether it runs
 * @param condition expression, null or empty for always
 */
public record StepRow(
        String name, String policy, String description, String configuration, boolean enabled, String condition) {
    @Override
    public String toString() {
        return "StepRow[policy=" + policy + ", enabled=" + enabled + "]";
    }
}
