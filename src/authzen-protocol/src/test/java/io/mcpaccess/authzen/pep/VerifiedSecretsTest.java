package io.mcpaccess.authzen.pep;

import static org.assertj.core.api.Assertions.assertThat;

import io.gravitee.am.model.application.ClientSecret;
import io.gravitee.am.model.oidc.Client;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifiedSecretsTest {

    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private Instant now = START;
    private final VerifiedSecrets secrets = new VerifiedSecrets(new SecureRandom(), new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });
    private final ClientSecret old = secret("1", "$2a$old", null);
    private final Client client = client("agent", old);

    @BeforeEach
    void rememberOneSecret() {
        secrets.remember(client, "s");
    }

    @Test
    void knowsWhatWasRight() {
        assertThat(secrets.knows(client, "s")).isTrue();
        assertThat(secrets.knows(client, "t")).isFalse();
        assertThat(secrets.knows(client("other", old), "s")).isFalse();
    }

    @Test
    void forgetsAfterAMinute() {
        now = START.plus(Duration.ofSeconds(59));
        assertThat(secrets.knows(client, "s")).isTrue();
        now = START.plus(VerifiedSecrets.LIFETIME);
        assertThat(secrets.knows(client, "s")).isFalse();
    }

    @Test
    void aSecretThatIsRotatedOrRemovedStopsAtOnce() {
        old.setSecret("$2a$new");
        assertThat(secrets.knows(client, "s")).isFalse();
        old.setSecret("$2a$old");
        assertThat(secrets.knows(client, "s")).isTrue();
        client.setClientSecrets(List.of(secret("2", "$2a$second", null)));
        assertThat(secrets.knows(client, "s")).isFalse();
    }

    @Test
    void aSecretThatIsAddedIsAskedAboutOnce() {
        client.setClientSecrets(new ArrayList<>(List.of(old, secret("2", "$2a$second", null))));
        assertThat(secrets.knows(client, "s")).isFalse();
    }

    @Test
    void anExpiryThatIsSetStopsAtOnce() {
        old.setExpiresAt(Date.from(START));
        assertThat(secrets.knows(client, "s")).isFalse();
    }

    @Test
    void nothingOutlivesTheSecretThatExpiresNext() {
        client.setClientSecrets(List.of(
                secret("1", "$2a$gone", START.minusSeconds(1)),
                secret("2", "$2a$soon", START.plusSeconds(10)),
                secret("3", "$2a$later", START.plusSeconds(1000))));
        secrets.remember(client, "s");
        now = START.plusSeconds(9);
        assertThat(secrets.knows(client, "s")).isTrue();
        now = START.plusSeconds(10);
        assertThat(secrets.knows(client, "s")).isFalse();
    }

    private static Client client(String clientId, ClientSecret... secrets) {
        Client client = new Client();
        client.setClientId(clientId);
        client.setDomain("demo");
        client.setClientSecrets(List.of(secrets));
        return client;
    }

    private static ClientSecret secret(String id, String hash, Instant expiresAt) {
        ClientSecret secret = new ClientSecret();
        secret.setId(id);
        secret.setSecret(hash);
        secret.setExpiresAt(expiresAt == null ? null : Date.from(expiresAt));
        return secret;
    }
}
