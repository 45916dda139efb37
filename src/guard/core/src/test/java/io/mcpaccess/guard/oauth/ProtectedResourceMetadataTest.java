package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtectedResourceMetadataTest {
    private static final ResourceIdentifier RESOURCE = ResourceIdentifier.of("https://billing.example.com/mcp");
    private static final URI ISSUER = URI.create("https://am.example.com/demo/oidc");

    @Test
    void namesResourceAndAuthorizationServer() {
        assertThat(new ProtectedResourceMetadata(RESOURCE, ISSUER, List.of(), null, ProofRules.usual()).toJson())
                .isEqualTo("{\"resource\":\"https://billing.example.com/mcp\","
                        + "\"authorization_servers\":[\"https://am.example.com/demo/oidc\"],"
                        + "\"bearer_methods_supported\":[\"header\"],"
                        + "\"dpop_signing_alg_values_supported\":[\"ES256\",\"ES384\",\"ES512\",\"PS256\",\"PS384\","
                        + "\"PS512\",\"RS256\",\"RS384\",\"RS512\"]}");
    }

    @Test
    void addsScopesAndNameWhenThereAreAny() {
        assertThat(new ProtectedResourceMetadata(RESOURCE, ISSUER, List.of("a", "b"), "Billing", ProofRules.usual())
                        .toJson())
                .contains("\"scopes_supported\":[\"a\",\"b\"]")
                .contains("\"resource_name\":\"Billing\"");
    }
}
