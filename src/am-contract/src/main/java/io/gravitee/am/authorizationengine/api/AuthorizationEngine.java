package io.gravitee.am.authorizationengine.api;

import io.gravitee.am.common.plugin.AmPlugin;

/**
 * The class that an engine plugin names in its manifest.
 */
public abstract class AuthorizationEngine<
                C extends AuthorizationEngineConfiguration, P extends AuthorizationEngineProvider>
        extends AmPlugin<C, P> {}
