/**
 * Access control for the author of a Java MCP server whose authorization server is Gravitee AM.
 *
 * <p>{@link io.mcpaccess.guard.McpGuard} looks at one HTTP request before the MCP server runs it: the bearer token must
 * be active and issued for this server (RFC 7662 or RFC 9068; RFC 8707), and a {@code tools/call} must be permitted by AM's AuthZEN
 * endpoint, which checks the scopes of the token and the permission of the user. Everything unclear is refused.
 *
 * <p>{@link io.mcpaccess.guard.servlet.McpGuardFilter} puts it in front of a servlet, {@code mcp-guard-sdk} in front of a
 * server of the MCP Java SDK. An author needs this package, that filter, and from {@code oauth} {@link
 * io.mcpaccess.guard.oauth.TokenValidation} and {@link io.mcpaccess.guard.oauth.SubjectRule}; the rest is what they are
 * made of.
 */
package io.mcpaccess.guard;
