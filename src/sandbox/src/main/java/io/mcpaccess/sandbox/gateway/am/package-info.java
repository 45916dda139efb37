/** AM's beans of a domain on the gateway, for the sandbox's own endpoints and for plugins. */
package io.mcpaccess.sandbox.gateway.am;
