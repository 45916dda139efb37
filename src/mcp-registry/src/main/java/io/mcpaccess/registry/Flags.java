package io.mcpaccess.registry;

import io.mcpaccess.registry.plan.RegistryException;

/** Reads query parameters that are on or off. */
final class Flags {

    private Flags() {}

    /**
     * Reads one. What is neither is refused: {@code dryRun=1} must not write.
     *
     * @param name its name, for the message
     * @param value its value; null when it is not there
     * @return whether it is on; off when it is not there
     * @throws RegistryException with status 400 when it is neither {@code true} nor {@code false}
     */
    static boolean read(String name, String value) {
        if (value == null || "false".equals(value)) {
            return false;
        }
        if ("true".equals(value)) {
            return true;
        }
        throw new RegistryException(400, name + " must be true or false. Nothing was changed.");
    }
}
