/**
 * The authorization engine as AM sees it: plugin, configuration, provider. It maps AuthZEN questions to OpenFGA and asks
 * a {@link io.mcpaccess.openfga.OpenFgaBackend}.
 */
package io.mcpaccess.engine;
