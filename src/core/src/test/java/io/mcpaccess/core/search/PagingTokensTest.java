package io.mcpaccess.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PagingTokensTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] QUERY = {1, 2, 3};
    private static final PagingTokens.Position POSITION = new PagingTokens.Position("grüße", 7);

    private final PagingTokens tokens = at(NOW);

    @Test
    void aTokenLeadsBackToItsPosition() {
        assertThat(tokens.read(QUERY, tokens.issue(QUERY, POSITION))).contains(POSITION);
    }

    @Test
    void aTokenIsNoneForAnotherQueryOrKeyAndNotForever() {
        String token = tokens.issue(QUERY, POSITION);

        assertThat(tokens.read(new byte[] {1, 2}, token)).isEmpty();
        assertThat(new PagingTokens(key(2), Clock.fixed(NOW, ZoneOffset.UTC)).read(QUERY, token))
                .isEmpty();
        assertThat(at(NOW.plus(PagingTokens.LIFETIME)).read(QUERY, token)).isEmpty();
        assertThat(at(NOW.plus(PagingTokens.LIFETIME).minusSeconds(1)).read(QUERY, token))
                .contains(POSITION);
    }

    @Property
    void aTokenThatWasTouchedIsNone(@ForAll int where, @ForAll byte change) {
        byte[] token = Base64.getUrlDecoder().decode(tokens.issue(QUERY, POSITION));
        int index = Math.floorMod(where, token.length);
        byte before = token[index];
        token[index] ^= change;
        if (token[index] != before) {
            assertThat(tokens.read(QUERY, Base64.getUrlEncoder().encodeToString(token)))
                    .isEmpty();
        }
    }

    @Property
    void anyTextIsATokenOrNone(@ForAll String text) {
        assertThat(tokens.read(QUERY, text)).isEmpty();
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> new PagingTokens(new byte[16], Clock.systemUTC()))
                .hasMessageContaining("at least 32 bytes");
    }

    private static PagingTokens at(Instant now) {
        return new PagingTokens(key(1), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return key;
    }
}
