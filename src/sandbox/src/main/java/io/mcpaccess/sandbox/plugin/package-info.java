/**
 * Loads plugin ZIPs with gravitee-plugin-core's own registry and class loaders, and makes their instances as AM's handlers do:
 * same constructors, same Spring contexts, same way to start and stop.
 */
package io.mcpaccess.sandbox.plugin;
