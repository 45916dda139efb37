package io.mcpaccess.authzen.pep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.impl.SecretService;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SecretComparisonTest {
    private final SecretService secrets = mock();
    private final Blocking here = new Blocking() {
        @Override
        public <T> CompletionStage<T> run(Callable<T> task) {
            try {
                return CompletableFuture.completedStage(task.call());
            } catch (Exception e) {
                return CompletableFuture.failedStage(e);
            }
        }
    };
    private final SecretComparison comparison = new SecretComparison(
            secrets,
            new VerifiedSecrets(new SecureRandom(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)),
            here,
            () -> 0);

    @Test
    void attackWrongSecretsFromTheManyAddressesOfOneIpv6Network() {
        when(secrets.validateSecret(any(), anyString())).thenReturn(false);
        for (int failure = 0; failure < SecretComparison.FREE_FAILURES; failure++) {
            assertThat(matches("client-" + failure, "2001:db8:0:1::" + failure)).isFalse();
        }
        assertThatThrownBy(() -> matches("another", "2001:db8:0:1:1:2:3:4"))
                .hasCauseInstanceOf(PepDelayedException.class);
        assertThat(matches("another", "2001:db8:0:2::1")).isFalse();
    }

    private boolean matches(String clientId, String address) {
        Client client = new Client();
        client.setClientId(clientId);
        client.setClientSecrets(List.of());
        return comparison
                .matches(client, "guess", address)
                .toCompletableFuture()
                .join();
    }
}
