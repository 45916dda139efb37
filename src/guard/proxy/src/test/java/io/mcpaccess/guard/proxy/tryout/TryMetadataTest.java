package io.mcpaccess.guard.proxy.tryout;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TryMetadataTest {
    private static final URI TRIED = URI.create("https://files.example/team/mcp");
    private static final String ISSUER = "https://am.example/demo/oidc";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://files.example/team/mcp",
                "https://files.example/team",
                "https://files.example/",
                "https://files.example"
            })
    void theServerIsWhatWasAsked(String resource) {
        assertThatCode(() -> TryMetadata.requireResourceOf(TRIED, resource)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://billing.example/mcp",
                "https://files.example.evil/team/mcp",
                "https://files.example@evil/team/mcp",
                "https://files.example/team/mc",
                "https://files.example/other",
                "http://files.example/team/mcp",
                "https://files.example:8443/team/mcp",
                "urn:x",
                ""
            })
    void attackAServerAsksForATokenOfAnotherServer(String resource) {
        assertThatExceptionOfType(TryException.class).isThrownBy(() -> TryMetadata.requireResourceOf(TRIED, resource));
    }

    @Test
    void oneAuthorizationServerHasBothEndpoints() {
        assertThatCode(() -> TryMetadata.requireOneServer(
                        ISSUER, metadata(ISSUER, "https://am.example/demo/oauth/authorize", "https://am.example/t")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "https://am.example/demo/oidc, https://am.example/a, https://evil.example/t",
        "https://am.example/demo/oidc, https://evil.example/a, https://am.example/t",
        "https://am.example/other/oidc, https://am.example/a, https://am.example/t",
        "https://am.example/demo/oidc, https://am.example/a, no address"
    })
    void attackTheCodeOfOneAuthorizationServerGoesToAnother(String issuer, String authorize, String token) {
        assertThatExceptionOfType(TryException.class)
                .isThrownBy(() -> TryMetadata.requireOneServer(ISSUER, metadata(issuer, authorize, token)));
    }

    @Test
    void attackAServersWordsMoveTheCursorOfATerminal() {
        assertThatCode(() -> {
                    throw new TryException("a\u001b[2Jb\u009b1;1H\u202e\nc");
                })
                .hasMessage("a?[2Jb?1;1H?\nc");
    }

    private static JsonNode metadata(String issuer, String authorize, String token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("issuer", issuer)
                .put("authorization_endpoint", authorize)
                .put("token_endpoint", token);
    }
}
