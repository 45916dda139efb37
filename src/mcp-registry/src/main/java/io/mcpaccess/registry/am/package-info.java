/**
 * AM's side of the registry, on the management API alone: its services, the caller's rights, what a domain has, and the
 * writing of a plan. Methods here wait for AM and are called on the registry's own threads.
 */
package io.mcpaccess.registry.am;
