/**
 * OpenFGA in process: the same answers and the same errors as a server, from a model and tuples held in memory.
 *
 * <p>Start at {@link io.mcpaccess.openfga.embedded.EmbeddedEngine}.
 */
package io.mcpaccess.openfga.embedded;
