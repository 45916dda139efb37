/** Calls to AM on the event loop. */
package io.mcpaccess.guard.proxy.am;
