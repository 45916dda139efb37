package io.mcpaccess.registry.plan;

/**
 * What the caller allows.
 *
 * @param template how scopes are named that nobody named
 * @param prune whether tools that are not declared are removed
 * @param force whether a scope that applications hold may open another tool, and whether a tool may close another server's
 */
public record PlanOptions(ScopeTemplate template, boolean prune, boolean force) {}
