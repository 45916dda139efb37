/** The AuthZEN protocol plugin of AM's gateway: {@code /{domain}/access/v1}. */
package io.mcpaccess.authzen;
