package io.gravitee.am.service.impl;

import io.gravitee.am.model.oidc.Client;

/**
 * Compares a secret with a client's hashed, possibly expired secrets. Slow on purpose: never on an event loop.
 */
public class SecretService {
    public boolean validateSecret(Client client, String secret) {
        throw new UnsupportedOperationException(
                "AM's SecretService is needed here: AM or the sandbox provides the bean");
    }
}
