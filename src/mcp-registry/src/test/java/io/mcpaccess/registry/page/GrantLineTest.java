package io.mcpaccess.registry.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GrantLineTest {

    @Test
    void isALineForEachTuple() {
        assertThat(GrantLine.of(
                        "demo",
                        List.of(
                                Map.of("user", "user:alice", "relation", "assignee", "object", "role:accountant"),
                                Map.of(
                                        "user",
                                        "role:accountant#assignee",
                                        "relation",
                                        "can_call",
                                        "object",
                                        "tool:pay"))))
                .isEqualTo("amctl grant demo user:alice assignee role:accountant &&\n"
                        + "amctl grant demo 'role:accountant#assignee' can_call tool:pay");
    }

    @Test
    void hostileNamesStayOneWord() {
        assertThat(GrantLine.quoted("user:$(reboot)")).isEqualTo("'user:$(reboot)'");
        assertThat(GrantLine.quoted("it's; rm -rf")).isEqualTo("'it'\\''s; rm -rf'");
        assertThat(GrantLine.quoted("--force")).isEqualTo("'--force'");
        assertThat(GrantLine.quoted("")).isEqualTo("''");
    }

    @Property
    void aShellReadsBackWhatWasQuoted(@ForAll String word) {
        String quoted = GrantLine.quoted(word);

        assertThat(unquoted(quoted)).isEqualTo(word);
    }

    /** What a POSIX shell makes of single quotes and backslashes. */
    private static String unquoted(String text) {
        StringBuilder out = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                isQuoted = !isQuoted;
            } else if (c == '\\' && !isQuoted) {
                out.append(text.charAt(++i));
            } else {
                assertThat(isQuoted || "$`\"*?[]{}()<>|&;#~! \t\n".indexOf(c) < 0)
                        .isTrue();
                out.append(c);
            }
        }
        assertThat(isQuoted).isFalse();
        return out.toString();
    }
}
