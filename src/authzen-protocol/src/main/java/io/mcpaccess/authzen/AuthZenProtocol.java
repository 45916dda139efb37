package io.mcpaccess.authzen;

import io.gravitee.am.gateway.handler.api.Protocol;

/** The plugin as AM's manifest names it: type {@code protocol}, id {@code authzen}. */
public class AuthZenProtocol extends Protocol<AuthZenConfiguration, AuthZenProvider> {

    @Override
    public Class<AuthZenConfiguration> configuration() {
        return AuthZenConfiguration.class;
    }

    @Override
    public Class<AuthZenProvider> provider() {
        return AuthZenProvider.class;
    }
}
