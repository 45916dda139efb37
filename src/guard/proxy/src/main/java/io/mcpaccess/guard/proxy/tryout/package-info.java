/** A client for people: logs in at AM as MCP clients do, lists tools and calls them, from a page or a command line. */
package io.mcpaccess.guard.proxy.tryout;
