package io.mcpaccess.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lists invoices",
                "Rechnungen für Bücher – schön",
                "قائمة الفواتير",
                "请求书 👩‍💻",
                "é",
                "a < b && c"
            })
    void leavesTextAlone(String text) {
        assertThat(PageText.of(text, 100)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202e",
                "\u202d",
                "\u2066",
                "\u2069",
                "\u200b",
                "\ufeff",
                "\u0000",
                "\u001b",
                "\u007f",
                "\ud800",
                "\ue000",
                "\u00ad",
                "\udb40\udc41"
            })
    void showsThatThereIsSomethingToHide(String hidden) {
        assertThat(PageText.of("pay" + hidden + "me", 100)).isEqualTo("pay\ufffdme");
    }

    @ParameterizedTest
    @CsvSource({"'a\n\n\tb', a b", "'  a\u2028b  ', a b", "'a\u00a0\u3000b', a b", "'\n', ''"})
    void standsOnOneLine(String text, String shown) {
        assertThat(PageText.of(text, 100)).isEqualTo(shown);
    }

    @Test
    void cutsWhatIsTooLongBetweenCharacters() {
        assertThat(PageText.of("👩".repeat(6), 5)).isEqualTo("👩".repeat(5) + "…");
        assertThat(PageText.of("a".repeat(5), 5)).isEqualTo("aaaaa");
    }

    @Test
    void aLetterIsNotBuriedUnderAccents() {
        assertThat(PageText.of("a" + "\u0301".repeat(500) + "b", 100)).isEqualTo("a\u0301\u0301\u0301b");
    }

    @Test
    void nothingIsNothing() {
        assertThat(PageText.of(null, 100)).isEmpty();
    }

    @Property
    void isNeverLongerThanToldAndHasNoControlCharacter(@ForAll @StringLength(max = 300) String text) {
        String shown = PageText.of(text, 50);

        assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(51);
        assertThat(shown.chars()).noneMatch(Character::isISOControl);
        assertThat(PageText.of(shown, 51)).as("fit to be shown already").isEqualTo(shown);
    }
}
