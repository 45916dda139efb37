/** A live check of an installed AM: what is wrong, why it matters, and the command that mends it. */
package io.mcpaccess.amctl.doctor;
