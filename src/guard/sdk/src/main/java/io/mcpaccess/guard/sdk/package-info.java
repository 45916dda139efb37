/** The guard for servers made with the MCP Java SDK. */
package io.mcpaccess.guard.sdk;
