package io.mcpaccess.sandbox.am;

import io.gravitee.am.model.application.ClientSecret;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.impl.SecretService;
import io.mcpaccess.sandbox.data.Secrets;
import java.time.Clock;

/** AM's SecretService over BCrypt hashes with their expiry. Slow on purpose: never on an event loop. */
public class HashedSecretService extends SecretService {
    private final Clock clock;

    /**
     * Makes the service.
     *
     * @param clock says what is expired
     */
    public HashedSecretService(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean validateSecret(Client client, String secret) {
        return client.getClientSecrets() != null
                && client.getClientSecrets().stream()
                        .filter(this::isCurrent)
                        .anyMatch(stored -> Secrets.matches(secret, stored.getSecret()));
    }

    private boolean isCurrent(ClientSecret secret) {
        return secret.getExpiresAt() == null
                || secret.getExpiresAt().toInstant().isAfter(clock.instant());
    }
}
