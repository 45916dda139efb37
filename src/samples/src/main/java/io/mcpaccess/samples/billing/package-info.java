/** A small billing MCP server: the MCP Java SDK on embedded Jetty, behind the guard. */
package io.mcpaccess.samples.billing;
