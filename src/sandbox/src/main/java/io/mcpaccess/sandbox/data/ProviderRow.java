package io.mcpaccess.sandbox.data;

/**
 * An identity provider of a domain.
 *
 * @param id identifier, the source of its users
 * @param name display name
 */
public record ProviderRow(String id, String name) {}
