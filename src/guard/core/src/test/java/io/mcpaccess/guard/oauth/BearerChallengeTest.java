package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class BearerChallengeTest {
    private static final URI METADATA =
            URI.create("https://billing.example.com/.well-known/oauth-protected-resource/mcp");

    @Test
    void leadsToTheMetadataWithoutAnErrorWhenThereWasNoToken() {
        assertThat(BearerChallenge.of(METADATA).headerValue())
                .isEqualTo(
                        "Bearer resource_metadata=\"https://billing.example.com/.well-known/oauth-protected-resource/mcp\"");
    }

    @Test
    void namesTheScopesToAskForFirst() {
        assertThat(BearerChallenge.of(METADATA)
                        .scopes(List.of("invoices:read", "openid"))
                        .headerValue())
                .isEqualTo("Bearer scope=\"invoices:read openid\", resource_metadata=\"" + METADATA + "\"");
    }

    @Test
    void saysThatTheTokenIsInvalid() {
        assertThat(BearerChallenge.of(METADATA)
                        .error(BearerChallenge.Error.INVALID_TOKEN)
                        .description("expired")
                        .headerValue())
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"expired\", resource_metadata=\""
                        + METADATA + "\"");
    }

    @Test
    void saysWhichScopesTheOperationNeeds() {
        assertThat(BearerChallenge.of(METADATA)
                        .error(BearerChallenge.Error.INSUFFICIENT_SCOPE)
                        .scopes(List.of("invoices:refund", "invoices:read"))
                        .headerValue())
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"invoices:refund invoices:read\","
                        + " resource_metadata=\"" + METADATA + "\"");
    }

    @Test
    void leavesOutAnEmptyScope() {
        assertThat(BearerChallenge.of(METADATA).scopes(List.of()).headerValue()).doesNotContain("scope");
    }

    @Test
    void leavesOutMoreScopesThanAHeaderCanHold() {
        BearerChallenge challenge = BearerChallenge.of(METADATA).error(BearerChallenge.Error.INSUFFICIENT_SCOPE);
        assertThat(challenge.scopes(List.of("s".repeat(4096))).headerValue()).contains("scope=\"sss");
        assertThat(challenge.scopes(List.of("s".repeat(65_536))).headerValue())
                .isEqualTo("Bearer error=\"insufficient_scope\", resource_metadata=\"" + METADATA + "\"");
    }

    @Test
    void refusesAScopeThatWouldBreakTheHeader() {
        BearerChallenge challenge = BearerChallenge.of(METADATA);
        for (String bad : List.of("a b", "a\"b", "a\\b", "a\r\nX-Evil: 1", "", "é")) {
            assertThatIllegalArgumentException().isThrownBy(() -> challenge.scopes(List.of(bad)));
        }
    }

    @Test
    void refusesADescriptionThatWouldBreakTheHeader() {
        BearerChallenge challenge = BearerChallenge.of(METADATA);
        for (String bad : List.of("a\"b", "a\\b", "a\nb", "é")) {
            assertThatIllegalArgumentException().isThrownBy(() -> challenge.description(bad));
        }
    }

    @Test
    void writesTheErrorCodesOfRfc6750() {
        assertThat(BearerChallenge.Error.values())
                .extracting(BearerChallenge.Error::code)
                .containsExactly("invalid_request", "invalid_token", "invalid_dpop_proof", "insufficient_scope");
    }
}
