/** Who asks: the policy enforcement point (PEP), an application or an MCP server, and how it proves who it is. */
package io.mcpaccess.authzen.pep;
