/** MCP servers, their tools and the scopes that a tool call needs. */
package io.mcpaccess.core.mcp;
