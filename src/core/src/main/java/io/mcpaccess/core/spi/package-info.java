/**
 * The engine SPI: what the AuthZEN protocol and the policy ask an engine. Plugins have separate class loaders and share JDK
 * types alone, so operations and their JSON cross it as strings and maps; nothing outside this package sees them.
 */
package io.mcpaccess.core.spi;
