package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenValidationTest {
    private final TokenValidation.Jwt jwt = TokenValidation.jwt();

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "HS512", "dir", "rs256", ""})
    void allowsAsymmetricAlgorithmsOnly(String algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> jwt.withAlgorithms(Set.of("RS256", algorithm)))
                .withMessageContaining("asymmetric");
    }

    @Test
    void needsAnAlgorithm() {
        assertThatIllegalArgumentException().isThrownBy(() -> jwt.withAlgorithms(Set.of()));
    }

    @Test
    void boundsSkewAndLifetime() {
        assertThatIllegalArgumentException().isThrownBy(() -> jwt.withClockSkew(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> jwt.withClockSkew(Duration.ofSeconds(121)));
        assertThatIllegalArgumentException().isThrownBy(() -> jwt.withKeyLifetime(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> jwt.withKeyLifetime(Duration.ofDays(2)));
    }
}
