package io.mcpaccess.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void controlAndFormatCharactersBecomeQuestionMarks() {
        assertThat(Printable.text("a\nb\u001B[1m\u202Ec\u2028")).isEqualTo("a?b?[1m?c?");
    }

    @Test
    void longTextIsCut() {
        assertThat(Printable.text("x".repeat(300))).hasSize(256);
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(Printable.text("tool grüße 😀")).isEqualTo("tool grüße 😀");
    }

    @Test
    void writesOutWhatItIsToldAndNothingElse() {
        assertThat(Printable.writtenOut("a\u202Eb\n" + Character.toString(0xE0001), c -> c > 0xff))
                .isEqualTo("a\\u202Eb\n\\uDB40\\uDC01");
    }
}
