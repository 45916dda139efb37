/**
 * The seam between the AuthZEN protocol, the policy and the engine. Plugins have separate class loaders and share JDK
 * types alone, so operations and their JSON cross it as strings and maps; nothing outside this package sees them.
 */
package io.mcpaccess.core.seam;
