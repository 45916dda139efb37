package io.gravitee.am.gateway.handler.api;

import io.gravitee.am.common.plugin.AmPlugin;

/**
 * The class that a protocol plugin names in its manifest.
 */
public abstract class Protocol<C extends ProtocolConfiguration, P extends ProtocolProvider> extends AmPlugin<C, P> {}
