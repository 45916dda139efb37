/** The servers behind the proxy that speak Streamable HTTP, and what all kinds of servers have in common. */
package io.mcpaccess.guard.proxy.upstream;
