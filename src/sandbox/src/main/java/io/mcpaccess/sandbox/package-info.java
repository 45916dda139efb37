/**
 * The launcher of the sandbox, a stand-in for Gravitee AM on a laptop and in tests; not for production. It makes two nodes,
 * gateway and management API, each in a class loader over its node's jars, and needs nothing but the JDK itself.
 */
package io.mcpaccess.sandbox;
