package io.mcpaccess.sandbox.data;

import java.util.List;

/**
 * A tool of an MCP server.
 *
 * @param key tool key
 * @param description description, may be null
 * @param scopes scopes that it needs
 * @param createdAt epoch milliseconds
 * @param updatedAt epoch milliseconds
 */
public record ToolRow(String key, String description, List<String> scopes, long createdAt, long updatedAt) {}
