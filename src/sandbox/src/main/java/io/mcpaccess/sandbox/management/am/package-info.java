/** AM's services that only the management node has. */
package io.mcpaccess.sandbox.management.am;
