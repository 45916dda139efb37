/**
 * Registers MCP servers in AM: the REST resource behind {@code settings/mcp}. {@code registry.plan} decides what changes,
 * {@code registry.am} reads and writes AM, {@code registry.remote} asks live MCP servers, {@code registry.map} says who
 * may call what. This package ties them to JAX-RS and to the caller's rights.
 */
package io.mcpaccess.registry;
