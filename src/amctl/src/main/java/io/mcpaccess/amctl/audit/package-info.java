/** Decisions as AM's audit log has them. */
package io.mcpaccess.amctl.audit;
