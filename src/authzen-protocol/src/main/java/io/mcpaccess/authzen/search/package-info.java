/** Searches of AuthZEN 1.0 section 8: whether the domain's engine has them, and the key of their paging tokens. */
package io.mcpaccess.authzen.search;
