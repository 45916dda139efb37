/**
 * HTTP requests as the rest of the module needs them: asynchronous, bounded in time to the last byte and in size, over the host's
 * Vert.x or, where there is none, Java's own client. Knows nothing of OpenFGA.
 */
package io.mcpaccess.openfga.server.http;
