package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ClientCredentialsTest {
    private final ClientCredentials credentials = new ClientCredentials("billing-mcp", "s e:c+ret");

    @Test
    void formEncodesIdAndSecretInTheBasicHeader() {
        String encoded =
                Base64.getEncoder().encodeToString("billing-mcp:s+e%3Ac%2Bret".getBytes(StandardCharsets.UTF_8));
        assertThat(credentials.basicHeader()).isEqualTo("Basic " + encoded);
    }

    @Test
    void matchesItselfPlainAndFormEncoded() {
        assertThat(credentials.matches("billing-mcp:s e:c+ret")).isTrue();
        assertThat(credentials.matches("billing-mcp:s+e%3Ac%2Bret")).isTrue();
    }

    @Test
    void matchesNothingElse() {
        assertThat(credentials.matches("billing-mcp:other")).isFalse();
        assertThat(credentials.matches("billing-mcp:")).isFalse();
        assertThat(credentials.matches("")).isFalse();
        assertThat(credentials.matches("billing-mcp:s e:c+ret ")).isFalse();
    }

    @Test
    void neverPrintsTheSecret() {
        assertThat(credentials.toString()).contains("billing-mcp").doesNotContain("s e:c+ret");
    }

    @Test
    void refusesABlankSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientCredentials("billing-mcp", " "))
                .withMessageContaining("client secret");
    }
}
