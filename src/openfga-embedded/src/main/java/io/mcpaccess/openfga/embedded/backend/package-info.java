/** A store in this process behind the ports of {@code io.mcpaccess.openfga}: threads, deadlines and pages. */
package io.mcpaccess.openfga.embedded.backend;
