/** What goes to the client: whole answers, bodies as they come, event streams. Each ends exactly once. */
package io.mcpaccess.guard.proxy.answer;
