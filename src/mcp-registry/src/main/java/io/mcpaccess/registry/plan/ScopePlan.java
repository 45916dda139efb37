package io.mcpaccess.registry.plan;

/**
 * What happens to a scope.
 *
 * @param key what tokens carry
 * @param name what people see on the consent page
 * @param description what people see on the consent page
 * @param change {@link PlannedChange#ADDED} or {@link PlannedChange#UNCHANGED}
 */
public record ScopePlan(String key, String name, String description, PlannedChange change) {}
