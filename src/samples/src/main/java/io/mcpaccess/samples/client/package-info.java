/** A demo MCP client: discovery, OAuth authorization code with PKCE and resource, tool calls by the MCP Java SDK. */
package io.mcpaccess.samples.client;
