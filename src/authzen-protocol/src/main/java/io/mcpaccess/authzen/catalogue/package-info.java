/** The domain's MCP servers and their tools, which AM on JDBC forgets at every start. */
package io.mcpaccess.authzen.catalogue;
