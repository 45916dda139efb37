package io.mcpaccess.openfga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    @Test
    void encodesTheColonAndTheEscapeAlone() {
        assertThat(Identifiers.user("user", "alice@example.com")).isEqualTo("user:alice@example.com");
        assertThat(Identifiers.object("tool", "https://mcp.example/a%b")).isEqualTo("tool:https%3A//mcp.example/a%25b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "eng#member",
                "a b",
                "a\tb",
                "a\u0000b",
                "a\u00a0b",
                "a\u200bb",
                "a\u202eb",
                "a\ud800",
                "\udb40\udc41a",
                ""
            })
    void case17_refusesWhatOpenFgaCouldReadAsSomethingElse(String id) {
        assertThatThrownBy(() -> Identifiers.user("user", id)).isInstanceOf(InvalidIdentifierException.class);
        assertThatThrownBy(() -> Identifiers.object("tool", id)).isInstanceOf(InvalidIdentifierException.class);
        assertThatThrownBy(() -> Identifiers.user(id, "alice")).isInstanceOf(InvalidIdentifierException.class);
        assertThatThrownBy(() -> Identifiers.relation(id)).isInstanceOf(InvalidIdentifierException.class);
    }

    @Test
    void refusesATypeThatSmugglesAnIdentifier() {
        assertThatThrownBy(() -> Identifiers.user("tool:x#can_call", "y")).hasMessageContaining("subject.type");
    }

    @Test
    void refusesIdentifiersThatOpenFgaWouldTruncateOrReject() {
        String fits = "x".repeat(Identifiers.MAX_OBJECT_BYTES - "tool:".length());

        assertThat(Identifiers.object("tool", fits)).hasSize(Identifiers.MAX_OBJECT_BYTES);
        assertThatThrownBy(() -> Identifiers.object("tool", fits + "x")).hasMessageContaining("longer than 256 bytes");
        assertThatThrownBy(() -> Identifiers.user("user", "ü".repeat(300))).hasMessageContaining("longer than 512");
    }

    @Property
    void decodingReversesEncoding(@ForAll String id) {
        assertThat(Identifiers.decode(Identifiers.encode(id))).isEqualTo(id);
    }

    @Property
    void differentIdentifiersNeverMeet(@ForAll String one, @ForAll String other) {
        assertThat(Identifiers.encode(one).equals(Identifiers.encode(other))).isEqualTo(one.equals(other));
    }

    @Property
    void nothingThatPassesIsAUsersetOrAWildcard(@ForAll String id) {
        try {
            String user = Identifiers.user("user", id);
            assertThat(user.substring("user:".length())).doesNotContain("#", ":", "*");
        } catch (InvalidIdentifierException e) {
            assertThat(e).hasMessageContaining("subject.");
        }
    }
}
