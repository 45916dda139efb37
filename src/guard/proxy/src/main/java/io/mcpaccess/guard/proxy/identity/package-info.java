/** Tells the server behind who calls: in headers, and signed for those who want proof. */
package io.mcpaccess.guard.proxy.identity;
