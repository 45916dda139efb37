/** The JSON-RPC messages of MCP, read strictly enough that the guard and the server behind it see the same message. */
package io.mcpaccess.guard.jsonrpc;
