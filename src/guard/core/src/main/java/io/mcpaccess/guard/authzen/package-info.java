/** The question to AM's AuthZEN endpoint: may this user call this tool with this token. */
package io.mcpaccess.guard.authzen;
