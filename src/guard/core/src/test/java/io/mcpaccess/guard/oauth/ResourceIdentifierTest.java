package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIdentifierTest {
    @ParameterizedTest
    @CsvSource({
        "https://h.example/mcp, https://h.example/.well-known/oauth-protected-resource/mcp",
        "https://h.example/a/b/mcp, https://h.example/.well-known/oauth-protected-resource/a/b/mcp",
        "https://h.example, https://h.example/.well-known/oauth-protected-resource",
        "https://h.example/, https://h.example/.well-known/oauth-protected-resource",
        "http://127.0.0.1:9100/mcp, http://127.0.0.1:9100/.well-known/oauth-protected-resource/mcp",
    })
    void putsTheWellKnownNameBetweenHostAndPath(String resource, String metadata) {
        assertThat(ResourceIdentifier.of(resource).metadataUrl()).hasToString(metadata);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h.example/MCP",
                "https://H.example/mcp",
                "HTTPS://h.example/mcp",
                "https://h.example/%2Fmcp"
            })
    void refusesCapitalsBecauseAmStoresLowerCase(String resource) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResourceIdentifier.of(resource))
                .withMessageContaining(resource)
                .withMessageContaining("lower case");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mcp",
                "mcp",
                "urn:example:mcp",
                "https://user:pw@h.example/mcp",
                "https://h.example/mcp?tenant=1",
                "https://h.example/mcp#x",
                "http://h.example/mcp",
                "ftp://h.example/mcp"
            })
    void refusesWhatNoTokenShouldBeIssuedFor(String resource) {
        assertThatIllegalArgumentException().isThrownBy(() -> ResourceIdentifier.of(resource));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1/mcp", "http://127.0.0.1/mcp", "http://[::1]:8/mcp"})
    void takesPlainHttpOnLoopback(String resource) {
        assertThat(ResourceIdentifier.of(resource)).hasToString(resource);
    }

    @Test
    void knowsTheRootForm() {
        assertThat(ResourceIdentifier.of("https://h.example/mcp").rootMetadataPath())
                .isEqualTo("/.well-known/oauth-protected-resource");
    }
}
