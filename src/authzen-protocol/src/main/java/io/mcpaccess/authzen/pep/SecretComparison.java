package io.mcpaccess.authzen.pep;

import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.impl.SecretService;
import io.mcpaccess.authzen.limit.AddressBlock;
import io.mcpaccess.authzen.limit.CallerLimit;
import io.mcpaccess.authzen.limit.RateLimitSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Compares secrets with AM's slow hashes, so that wrong ones cost the gateway little: few hashes at once, fewer for strangers,
 * and a pause for a client or an address with many wrong ones. A secret that was right within the hour goes its own way, which
 * nobody can fill who does not know it, so a flood of wrong secrets does not keep those out who ask all the time.
 *
 * <p>May be used by any number of threads; never blocks.
 */
final class SecretComparison {

    /** Wrong secrets that cost no pause, for a client and for an address; after that one a second. */
    static final int FREE_FAILURES = 20;

    private static final int AT_ONCE = 4;
    private static final int STRANGERS_AT_ONCE = 2;
    private static final int WAITING = 64;
    private static final int STRANGERS_WAITING = 16;

    private final SecretService secrets;
    private final VerifiedSecrets verified;
    private final HashLane familiar;
    private final HashLane strangers;
    private final CallerLimit failures;

    /**
     * Has compared nothing yet.
     *
     * @param secrets AM's comparison of secrets
     * @param verified remembers secrets that were right
     * @param workers where hashes are computed
     * @param nanoTime a monotonic clock in nanoseconds
     */
    SecretComparison(SecretService secrets, VerifiedSecrets verified, Blocking workers, LongSupplier nanoTime) {
        this.secrets = Objects.requireNonNull(secrets, "secrets");
        this.verified = Objects.requireNonNull(verified, "verified");
        this.familiar = new HashLane(workers, AT_ONCE, WAITING, nanoTime);
        this.strangers = new HashLane(workers, STRANGERS_AT_ONCE, STRANGERS_WAITING, nanoTime);
        this.failures = CallerLimit.of(new RateLimitSettings(1, FREE_FAILURES), nanoTime);
    }

    /**
     * Compares a secret.
     *
     * @param client the client as AM has it now
     * @param secret the secret that was shown
     * @param address where the request came from
     * @return whether it is right; fails with {@link PepDelayedException} where it was not compared
     */
    CompletionStage<Boolean> matches(Client client, String secret, String address) {
        if (verified.knows(client, secret)) {
            return CompletableFuture.completedStage(true);
        }
        if (verified.isFamiliar(client, secret)) {
            return familiar.run(() -> compared(client, secret));
        }
        List<String> parties = List.of("client " + client.getClientId(), "address " + AddressBlock.of(address));
        Optional<PepDelayedException> delay = parties.stream()
                .flatMap(party -> failures.wait(party).stream())
                .max(Comparator.naturalOrder())
                .map(PepDelayedException::tooManyFailures);
        if (delay.isPresent()) {
            return CompletableFuture.failedFuture(delay.get());
        }
        return strangers.run(() -> compared(client, secret)).thenApply(matching -> {
            if (!matching) {
                parties.forEach(party -> failures.refusal(party, 1));
            }
            return matching;
        });
    }

    private boolean compared(Client client, String secret) {
        boolean matching = secrets.validateSecret(client, secret);
        if (matching) {
            verified.remember(client, secret);
        }
        return matching;
    }
}
