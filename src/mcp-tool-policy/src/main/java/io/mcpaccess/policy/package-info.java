/**
 * The policy {@code mcp-tool-access}: a step for the flows TOKEN and CONSENT of AM that knows the tools behind scopes. AM finds
 * its two classes here.
 */
package io.mcpaccess.policy;
