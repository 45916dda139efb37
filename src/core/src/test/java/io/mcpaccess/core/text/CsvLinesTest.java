package io.mcpaccess.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLinesTest {

    @Test
    void everyCellStandsInQuotationMarks() {
        CsvLines lines = new CsvLines();
        lines.add("tool", "say \"hello\", please");
        lines.add("a", "");
        assertThat(lines).hasToString("\"tool\",\"say \"\"hello\"\", please\"\r\n\"a\",\"\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\uFF1D1"})
    void aFormulaIsText(String formula) {
        assertThat(CsvLines.harmless(formula)).isEqualTo("'" + formula);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u001B[31mred", "a\nb", "a\rb", "a\tb", "a\u0000", "a\u202Eb", "a\u2028b", "a\uD800b"})
    void whatCannotBeSeenIsWrittenOut(String text) {
        assertThat(CsvLines.harmless(text))
                .startsWith("a\\u")
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Cs}]");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(CsvLines.harmless("user:grüße 😀 a=b")).isEqualTo("user:grüße 😀 a=b");
    }
}
