package io.mcpaccess.registry;

/**
 * How a caller wants a registration to be done.
 *
 * @param dryRun whether the plan alone is wanted
 * @param prune whether tools that are not named are removed
 * @param force whether a scope that applications hold may be given to another tool
 * @param impact whether a plan that is only looked at says who gains and who loses
 */
record WriteFlags(boolean dryRun, boolean prune, boolean force, boolean impact) {

    /** Reads the parameters of a request; one that is absent is false, but {@code impact}, which is true. */
    static WriteFlags of(String dryRun, String prune, String force, String impact) {
        return new WriteFlags(
                Flags.read("dryRun", dryRun),
                Flags.read("prune", prune),
                Flags.read("force", force),
                impact == null || Flags.read("impact", impact));
    }
}
