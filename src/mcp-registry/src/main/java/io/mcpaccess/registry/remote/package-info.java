/**
 * Asks a live MCP server for its tools: a server-side request to an address that a caller chose, so everything here is
 * about what must not happen. The address that is checked is the address connected to; nothing is followed, kept or logged;
 * time, bytes and tools are bounded.
 *
 * <p>The MCP Java SDK is not used inside AM: it needs Jackson 3, whose annotations are newer than the Jackson 2.16 that AM
 * has on the class path above every plugin. The part of the protocol that a list of tools needs is small.
 */
package io.mcpaccess.registry.remote;
