package io.mcpaccess.authzen.pep;

import io.gravitee.am.model.oidc.Client;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Client id and secret. AM's {@code SecretService} knows several secrets, their hashes and their expiry; a hash is slow on
 * purpose, so it is compared on a worker thread, and a secret that was right is known for a short while ({@link SecretComparison}). A client
 * from before AM 4.2 has one plain secret.
 */
final class BasicAuthentication {

    private final PepDirectory directory;
    private final SecretComparison secrets;

    BasicAuthentication(PepDirectory directory, SecretComparison secrets) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.secrets = Objects.requireNonNull(secrets, "secrets");
    }

    /** Fails with {@link PepRefusedException}, or with {@link PepDelayedException} where the secret was not compared. */
    CompletionStage<AuthenticatedClient> authenticate(PepCredentials.Basic credentials, String address) {
        return directory.find(credentials.clientId()).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.failedFuture(PepRefusedException.badSecret(null));
            }
            AuthenticatedClient named = found.get();
            return matches(named.client(), credentials.secret(), address).thenApply(matching -> {
                if (!matching) {
                    throw PepRefusedException.badSecret(named.client());
                }
                return named;
            });
        });
    }

    private CompletionStage<Boolean> matches(Client client, String secret, String address) {
        if (secret.isEmpty()) {
            return CompletableFuture.completedStage(false);
        }
        if (client.getClientSecrets() == null || client.getClientSecrets().isEmpty()) {
            return CompletableFuture.completedStage(equalInConstantTime(client.getClientSecret(), secret));
        }
        return secrets.matches(client, secret, address);
    }

    private static boolean equalInConstantTime(String stored, String presented) {
        return stored != null
                && !stored.isEmpty()
                && MessageDigest.isEqual(
                        stored.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }
}
