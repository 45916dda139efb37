package io.mcpaccess.registry.remote;

import io.mcpaccess.registry.plan.RegistryException;

/**
 * The one answer for every target that was not reached: refused by the rules, unknown, closed, silent or broken. Different
 * texts would let a caller map the network that this machine stands in.
 */
final class Unreachable {

    private static final String TEXT = "The MCP server could not be reached. Its address must be public (unless the"
            + " operator sets mcp.import.allowPrivateNetworks), its certificate valid, and its whole list of tools read"
            + " within " + ImportBudget.MAX_TIME.toSeconds() + " seconds. Nothing was changed.";

    private Unreachable() {}

    /** The cause is not kept: it would stand in the log with its address. */
    static RegistryException exception(Throwable ignored) {
        return new RegistryException(502, TEXT);
    }
}
