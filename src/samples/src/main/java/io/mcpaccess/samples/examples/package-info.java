/** What the author of an MCP server writes, in each way that there is. The documentation shows these very lines. */
package io.mcpaccess.samples.examples;
