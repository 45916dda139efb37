package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether two URLs mean the same server is said in one place. */
class SameServerTest {
    @ParameterizedTest
    @CsvSource({
        "https://h.example, https://h.example/, true",
        "https://h.example/, https://h.example, true",
        "https://h.example, https://h.example, true",
        "http://localhost:9100, http://localhost:9100/, true",
        "https://h.example/mcp, https://h.example/mcp/, false",
        "https://h.example/mcp, https://h.example, false",
        "https://h.example, https://h.example//, false",
        "https://h.example, https://h.example:443, false",
        "https://h.example, https://h.example/?x, false",
        "https://h.example, https://h.example.evil.example/, false",
        "https://h.example, https://h.example@evil.example/, false"
    })
    void aHostAloneAndWithASlashAreOneServer(String own, String audience, boolean same) {
        assertThat(ResourceIdentifier.of(own).isNamedBy(audience)).isEqualTo(same);
    }

    @Test
    void takesTokensForEachIdentifierThatAmHas() {
        ResourceIdentifier several = ResourceIdentifier.of("https://a.example/mcp")
                .alsoKnownAs(List.of("https://b.example", "https://c.example/x"));
        assertThat(List.of("https://a.example/mcp", "https://b.example/", "https://c.example/x"))
                .allMatch(several::isNamedBy);
        assertThat(several.isNamedBy("https://b.example/mcp")).isFalse();
        assertThat(several.isReachedBy("HTTPS://C.example:443/x")).isTrue();
        assertThat(several).hasToString("https://a.example/mcp");
    }

    @Test
    void saysWhatIsWrongWithAnotherIdentifier() {
        ResourceIdentifier one = ResourceIdentifier.of("https://a.example/mcp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.alsoKnownAs(List.of("https://B.example")))
                .withMessageContaining("lower case");
    }
}
