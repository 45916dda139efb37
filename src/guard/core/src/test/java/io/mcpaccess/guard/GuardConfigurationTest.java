package io.mcpaccess.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardConfigurationTest {
    private final GuardConfiguration configuration =
            GuardConfiguration.of("https://am.example.com/demo", "https://b.example/mcp", "billing-mcp", "s2");

    @Test
    void advertisesTheDomainsIssuerUnlessToldOtherwise() {
        assertThat(configuration.metadata().issuer()).hasToString("https://am.example.com/demo/oidc");
        Advertised other = Advertised.nothing()
                .withIssuer(URI.create("https://login.example.com/oidc"))
                .withScopesSupported(List.of("a"))
                .withName("Billing");
        assertThat(configuration.withAdvertised(other).metadata().toJson())
                .contains("https://login.example.com/oidc", "\"scopes_supported\":[\"a\"]", "Billing");
    }

    @Test
    void refusesAResourceWithCapitalsAtConstruction() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> GuardConfiguration.of("https://am.example.com/demo", "https://b.example/MCP", "id", "s"));
    }

    @Test
    void refusesACacheLongerThanAmsWindow() {
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.usual().withTokenCache(Duration.ofSeconds(11)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.usual().withTimeouts(Duration.ZERO, Duration.ofSeconds(1)));
    }

    @Test
    void neverOpensToolCalls() {
        assertThatIllegalArgumentException().isThrownBy(() -> Rules.usual().withOpenMethods(Set.of("tools/call")));
    }

    @Test
    void refusesAFirstScopeThatWouldBreakTheChallenge() {
        GuardConfiguration broken =
                configuration.withAdvertised(Advertised.nothing().withFirstScopes(List.of("a b")));
        assertThatIllegalArgumentException().isThrownBy(() -> new McpGuard(broken));
    }
}
