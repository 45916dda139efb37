/**
 * Access control for the author of a Java MCP server whose authorization server is Gravitee AM.
 *
 * <p>{@link io.mcpaccess.guard.McpGuard} looks at one HTTP request before the MCP server runs it: the bearer token must
 * be active and issued for this server (RFC 7662, RFC 8707), and a {@code tools/call} must be permitted by AM's AuthZEN
 * endpoint, which checks the scopes of the token and the permission of the user. Everything unclear is refused.
 *
 * <p>{@link io.mcpaccess.guard.servlet.McpGuardFilter} puts it in front of a servlet.
 */
package io.mcpaccess.guard;
