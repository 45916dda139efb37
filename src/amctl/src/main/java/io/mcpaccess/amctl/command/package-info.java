/** The commands, one class each. */
package io.mcpaccess.amctl.command;
