/** What both nodes have besides AM's beans: logging, metrics, the context class loader of their threads. */
package io.mcpaccess.sandbox.node;
