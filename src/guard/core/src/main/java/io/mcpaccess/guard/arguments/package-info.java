/** Arguments of tools that decisions may look at: which, of what type, and how they are read out of a call. */
package io.mcpaccess.guard.arguments;
