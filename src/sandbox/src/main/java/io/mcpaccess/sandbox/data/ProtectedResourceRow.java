package io.mcpaccess.sandbox.data;

import java.util.List;

/**
 * A protected resource of type MCP_SERVER.
 *
 * @param id identifier
 * @param domain domain identifier
 * @param name display name
 * @param description description, may be null
 * @param clientId client identifier
 * @param secrets client secrets
 * @param resourceIdentifiers resource identifiers, trimmed and lower case
 * @param tools its tools
 * @param createdAt epoch milliseconds
 * @param updatedAt epoch milliseconds
 */
public record ProtectedResourceRow(
        String id,
        String domain,
        String name,
        String description,
        String clientId,
        List<SecretRow> secrets,
        List<String> resourceIdentifiers,
        List<ToolRow> tools,
        long createdAt,
        long updatedAt) {}
