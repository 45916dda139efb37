/**
 * The guard as a reverse proxy in front of an MCP server in any language (Streamable HTTP). For trying, not for
 * production.
 */
package io.mcpaccess.guard.proxy;
