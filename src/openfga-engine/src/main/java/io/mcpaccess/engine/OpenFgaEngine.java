package io.mcpaccess.engine;

import io.gravitee.am.authorizationengine.api.AuthorizationEngine;

/** The plugin that the manifest names: AM makes an {@link OpenFgaProvider} for each engine of type {@code openfga}. */
public class OpenFgaEngine extends AuthorizationEngine<OpenFgaConfiguration, OpenFgaProvider> {

    @Override
    public Class<OpenFgaConfiguration> configuration() {
        return OpenFgaConfiguration.class;
    }

    @Override
    public Class<OpenFgaProvider> provider() {
        return OpenFgaProvider.class;
    }
}
