/** The gateway node: domains with a router, a Spring context and protocol plugins each. */
package io.mcpaccess.sandbox.gateway;
