package io.mcpaccess.guard.oauth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final List<CompletableFuture<JWKSet>> fetches = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_000);
    private final IssuerKeys keys = keys(this::fetch);

    @Test
    void fetchesOnceForAllWhoWait() {
        List<CompletableFuture<JWKSet>> waiting = List.of(keys.keys(), keys.keys(), keys.newerKeys());
        assertThat(fetches).hasSize(1);
        JWKSet fetched = new JWKSet();
        fetches.get(0).complete(fetched);
        assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isSameAs(fetched));
    }

    @Test
    void fetchesAgainInTheBackgroundPastHalfOfTheLifetime() {
        JWKSet first = known();
        now = now.plus(LIFETIME.dividedBy(2));
        assertThat(keys.keys().join()).isSameAs(first);
        assertThat(fetches).hasSize(2);
        JWKSet second = new JWKSet();
        fetches.get(1).complete(second);
        assertThat(keys.keys().join()).isSameAs(second);
        assertThat(fetches).hasSize(2);
    }

    @Test
    void waitsForTheFetchPastTheLifetime() {
        known();
        now = now.plus(LIFETIME);
        CompletableFuture<JWKSet> waiting = keys.keys();
        assertThat(waiting).isNotDone();
        fetches.get(1).completeExceptionally(new IOException());
        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void doesNotAskForNewerKeysAgainAtOnce() {
        JWKSet first = known();
        assertThat(keys.newerKeys().join()).isSameAs(first);
        now = now.plus(IssuerKeys.PAUSE);
        assertThat(keys.newerKeys()).isNotDone();
        assertThat(fetches).hasSize(2);
    }

    @Test
    void keepsWhatItHasWhenTheSourceFails() {
        JWKSet first = known();
        now = now.plus(IssuerKeys.PAUSE);
        keys.newerKeys();
        fetches.get(1).completeExceptionally(new IOException());
        assertThat(keys.keys().join()).isSameAs(first);
        assertThat(keys.newerKeys().join()).isSameAs(first);
        assertThat(fetches).hasSize(2);
    }

    @Test
    void asksAFailingSourceOnceASecond() {
        keys.keys();
        fetches.get(0).completeExceptionally(new IOException());
        assertThat(keys.keys()).isCompletedExceptionally();
        assertThat(fetches).hasSize(1);
        now = now.plusSeconds(1);
        assertThat(keys.keys()).isNotDone();
        assertThat(fetches).hasSize(2);
    }

    @Test
    void endsAlsoWhenTheSourceThrows() {
        IssuerKeys broken = keys(() -> {
            throw new IllegalArgumentException("no such place");
        });
        assertThat(broken.keys()).isCompletedExceptionally();
        assertThat(broken.keys()).isCompletedExceptionally();
    }

    private JWKSet known() {
        JWKSet fetched = new JWKSet();
        keys.keys();
        fetches.get(0).complete(fetched);
        return fetched;
    }

    private CompletableFuture<JWKSet> fetch() {
        CompletableFuture<JWKSet> fetch = new CompletableFuture<>();
        fetches.add(fetch);
        return fetch;
    }

    private IssuerKeys keys(Supplier<CompletableFuture<JWKSet>> source) {
        InstantSource time = () -> now;
        return new IssuerKeys(source, LIFETIME, time.withZone(ZoneOffset.UTC));
    }
}
