/** HTTP as the guard needs it: bounded calls to AM, and answers to the MCP client. */
package io.mcpaccess.guard.http;
