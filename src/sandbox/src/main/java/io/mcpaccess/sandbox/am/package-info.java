/** AM's beans that both nodes have: repositories over the shared database, services, the audit, the event manager. */
package io.mcpaccess.sandbox.am;
