package io.mcpaccess.openfga.embedded.condition.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns that the library would read otherwise than RE2, or never finish to read. */
class PatternRulesTest {

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(
            strings = {
                "(?i)\u1C80",
                "(?i)\\x{1c80}",
                "(?i)[\\x{1c80}]",
                "(?i)[^a-\\x{10FFFF}]",
                "(?i)[\\x{1c00}-\\x{1d00}]",
                "(?i)\\Qa\u1C88b\\E",
                "(?si)\\Q\u1C84"
            })
    void attackAPatternThatTheLibraryNeverFinishesToReadIsRefused(String pattern) {
        assertThatThrownBy(() -> PatternRules.translated(pattern)).isInstanceOf(PatternSyntaxException.class);
    }

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(strings = {"\u1C80", "\\Q\u1C80\\E", "[a-\\x{10FFFF}]", "(?i)[a-z]", "(?i)\\p{Cyrillic}", "(?i)[^a]"})
    void whatTheLibraryCanReadIsLeftAlone(String pattern) {
        assertThat(Pattern.compile(PatternRules.translated(pattern))).isNotNull();
    }

    @Test
    void aTextIsSearchedInLinearTime() {
        Pattern pattern = Pattern.compile(PatternRules.translated("(.*)(.*)(.*)(.*)(.*)[^a]"));
        String text = "a".repeat(2000);

        assertThat(Duration.ofNanos(nanos(() -> pattern.matcher(text).find()))).isLessThan(Duration.ofSeconds(10));
    }

    private static long nanos(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }
}
