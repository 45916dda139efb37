/**
 * The policy {@code mcp-tool-access}: a step for the flows TOKEN and CONSENT of AM that knows the tools behind scopes.
 */
package io.mcpaccess.policy;
