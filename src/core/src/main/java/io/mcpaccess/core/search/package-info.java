/** Searches of AuthZEN 1.0: results that hold when asked one by one, in pages that cannot be forged. */
package io.mcpaccess.core.search;
