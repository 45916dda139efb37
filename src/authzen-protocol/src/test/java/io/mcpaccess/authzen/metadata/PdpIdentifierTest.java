package io.mcpaccess.authzen.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.model.Domain;
import io.gravitee.am.service.DomainReadService;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdpIdentifierTest {

    private final Domain domain = new Domain("demo");
    private final DomainReadService domains = mock();

    @ParameterizedTest
    @CsvSource({
        "https://am.example.com, /demo, https://am.example.com/demo",
        "https://am.example.com/, /demo, https://am.example.com/demo",
        "https://example.com/auth, /demo, https://example.com/auth/demo",
        "https://am.example.com, /, https://am.example.com",
        ", /demo, http://localhost:8092/demo",
    })
    void joinsTheConfiguredAddressAndTheDomainsPath(String gatewayUrl, String path, String expected) {
        domain.setPath(path);
        assertThat(PdpIdentifier.of(domain, Optional.empty(), gatewayUrl)).contains(new PdpIdentifier(expected));
    }

    @Test
    void asksAmWhereItCan() {
        domain.setPath("/demo");
        when(domains.buildUrl(domain, "")).thenReturn("https://plane.example.com/demo/");
        assertThat(PdpIdentifier.of(domain, Optional.of(domains), "https://am.example.com"))
                .contains(new PdpIdentifier("https://plane.example.com/demo"));
    }

    @Test
    void doesWithoutAmsServiceWhereItFails() {
        domain.setPath("/demo");
        when(domains.buildUrl(domain, "")).thenThrow(new NoSuchMethodError("buildUrl"));
        assertThat(PdpIdentifier.of(domain, Optional.of(domains), "https://am.example.com"))
                .contains(new PdpIdentifier("https://am.example.com/demo"));
    }

    @Test
    void guessesNoVirtualHost() {
        domain.setPath("/demo");
        domain.setVhostMode(true);
        assertThat(PdpIdentifier.of(domain, Optional.empty(), "https://am.example.com"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "am.example.com",
                "ftp://am.example.com",
                "https://u:p@am.example.com",
                "https://a b",
                "/x",
                "https://am.example.com/?x="
            })
    void whatIsNoPlainHttpUrlIsNone(String gatewayUrl) {
        domain.setPath("/demo");
        assertThat(PdpIdentifier.of(domain, Optional.empty(), gatewayUrl)).isEmpty();
    }
}
