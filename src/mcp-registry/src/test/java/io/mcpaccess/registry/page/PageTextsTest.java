package io.mcpaccess.registry.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.decision.ReasonCode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTextsTest {

    private static final PageTexts ENGLISH = PageTexts.of(List.of());

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es"})
    void everyLanguageHasTheSameKeysAndPlaceholders(String language) {
        PageTexts texts = PageTexts.of(List.of(Locale.forLanguageTag(language)));

        assertThat(texts.language()).isEqualTo(language);
        assertThat(texts.words().keySet()).isEqualTo(ENGLISH.words().keySet());
        ENGLISH.words().forEach((key, text) -> {
            assertThat(placeholders(texts.get(key))).as(key).isEqualTo(placeholders(text));
            assertThat(texts.get(key)).as(key).isNotBlank();
        });
    }

    private static Set<String> placeholders(String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile("\\{[0-9]}").matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource(ReasonCode.class)
    void everyReasonIsInWordsWithANextStep(ReasonCode reason) {
        assertThat(ENGLISH.get("reason." + reason.wireName())).endsWith(".");
        assertThat(ENGLISH.get("next." + reason.wireName())).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({"de-AT, de", "it, en", "*, en", "fr-CA, fr", "ES, es"})
    void theBrowsersLanguageIsTakenWhereThereIsOne(String accepted, String expected) {
        assertThat(PageTexts.of(List.of(Locale.forLanguageTag(accepted))).language())
                .isEqualTo(expected);
    }

    @Test
    void theDearestLanguageThatThereIsWins() {
        assertThat(PageTexts.of(List.of(Locale.ITALIAN, Locale.GERMAN, Locale.ENGLISH))
                        .language())
                .isEqualTo("de");
    }
}
