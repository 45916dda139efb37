/**
 * The engine's server mode: an OpenFGA server asked over HTTP by way of OpenFGA's Java SDK, its asynchronous
 * {@code OpenFgaApi} alone. Everything that waits, retries or gives up is here, so that a slow or broken server costs a
 * bounded time and never an allow.
 */
package io.mcpaccess.openfga.server;
