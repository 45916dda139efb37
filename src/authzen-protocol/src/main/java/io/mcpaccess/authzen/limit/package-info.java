/** How often one caller may ask. */
package io.mcpaccess.authzen.limit;
