package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmDomainTest {
    @Test
    void knowsTheEndpointsOfTheDomain() {
        AmDomain domain = AmDomain.of("https://am.example.com/demo");
        assertThat(domain.introspectionEndpoint()).hasToString("https://am.example.com/demo/oauth/introspect");
        assertThat(domain.evaluationEndpoint()).hasToString("https://am.example.com/demo/access/v1/evaluation");
        assertThat(domain.issuer()).hasToString("https://am.example.com/demo/oidc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "am.example.com/demo",
                "ftp://am.example.com/demo",
                "https://u:p@am.example.com/demo",
                "https://am.example.com/demo/",
                "https://am.example.com/demo?x=1",
                "https://am.example.com/demo#x"
            })
    void refusesAnotherForm(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> AmDomain.of(url)).withMessageContaining("domain URL");
    }
}
