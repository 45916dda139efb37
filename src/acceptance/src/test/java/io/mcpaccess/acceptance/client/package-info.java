/** Who talks to AM in the tests: a user's browser with an application, and an MCP server that asks about calls. */
package io.mcpaccess.acceptance.client;
