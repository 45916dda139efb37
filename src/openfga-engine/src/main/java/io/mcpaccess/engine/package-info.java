/**
 * The authorization engine as AM sees it: plugin, configuration, provider. It maps AuthZEN questions to OpenFGA and asks
 * an {@link io.mcpaccess.engine.store.OpenStore}.
 */
package io.mcpaccess.engine;
