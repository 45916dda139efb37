package io.mcpaccess.authzen.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.search.PagingTokens;
import io.mcpaccess.core.search.PagingTokens.Position;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingKeyTest {

    private static final byte[] QUERY = {1};
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @Test
    void gatewaysWithTheSameKeyReadEachOthersTokens() {
        String token = tokens(KEY).orElseThrow().issue(QUERY, new Position("r1", 10));
        assertThat(tokens(" " + KEY + "\n").orElseThrow().read(QUERY, token)).contains(new Position("r1", 10));
    }

    @Test
    void withoutAKeyEachGatewayHasItsOwn() {
        String token = tokens(null).orElseThrow().issue(QUERY, new Position("r1", 10));
        assertThat(tokens("").orElseThrow().read(QUERY, token)).isEmpty();
    }

    @Test
    void takesTheUrlSafeAlphabetToo() {
        byte[] bytes = new byte[48];
        java.util.Arrays.fill(bytes, (byte) 0xfb);
        assertThat(tokens(Base64.getUrlEncoder().encodeToString(bytes))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "c2hvcnQ=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="})
    void whatIsNoKeyTurnsSearchesOff(String setting) {
        assertThat(tokens(setting)).isEmpty();
    }

    private static Optional<PagingTokens> tokens(String setting) {
        return PagingKey.tokens(setting, new SecureRandom(), Clock.systemUTC());
    }
}
