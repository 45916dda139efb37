/** Tuples about tools, moved from one way of naming a tool to the other. */
package io.mcpaccess.amctl.tuples;
