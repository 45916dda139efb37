/** Permissions of single people: the terms under which one is granted, and the tuples that stand for them. */
package io.mcpaccess.amctl.grants;
