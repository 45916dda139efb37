/** Servers that speak on their standard input and output: one process a session, Streamable HTTP towards clients. */
package io.mcpaccess.guard.proxy.stdio;
