/** The PDP's metadata (AuthZEN 1.0, section 9): what it says, and the two places where clients look for it. */
package io.mcpaccess.authzen.metadata;
