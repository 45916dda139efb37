package io.mcpaccess.registry.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The page's words in one language: {@code texts_XX.properties} beside this class. All languages have the same keys, which a
 * test holds.
 */
public final class PageTexts {

    /** The languages that there are, the first for everybody else. */
    static final List<String> LANGUAGES = List.of("en", "de", "fr", "es");

    private static final Map<String, PageTexts> ALL = all();

    private final String language;
    private final Map<String, String> words;

    private PageTexts(String language, Map<String, String> words) {
        this.language = language;
        this.words = Map.copyOf(words);
    }

    /**
     * The words for a browser.
     *
     * @param accepted the languages that it accepts, the dearest first
     * @return words in the first of them that there is; English where none is
     */
    public static PageTexts of(List<Locale> accepted) {
        return accepted.stream()
                .map(Locale::getLanguage)
                .filter(LANGUAGES::contains)
                .findFirst()
                .map(ALL::get)
                .orElse(ALL.get(LANGUAGES.get(0)));
    }

    /** The language's code, for the {@code lang} attribute. */
    String language() {
        return language;
    }

    /** The words for a key that must be there. */
    String get(String key) {
        String text = words.get(key);
        if (text == null) {
            throw new IllegalStateException("There is no text " + key + " in " + language);
        }
        return text;
    }

    /** The words for a key, or for a code that nobody foresaw, other words. */
    String get(String key, String fallback) {
        return words.getOrDefault(key, fallback);
    }

    Map<String, String> words() {
        return words;
    }

    private static Map<String, PageTexts> all() {
        Map<String, PageTexts> all = new HashMap<>();
        LANGUAGES.forEach(language -> all.put(language, new PageTexts(language, read(language))));
        return Map.copyOf(all);
    }

    private static Map<String, String> read(String language) {
        Properties properties = new Properties();
        try (InputStream in = PageTexts.class.getResourceAsStream("texts_" + language + ".properties")) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The texts of the page cannot be read", e);
        }
        Map<String, String> words = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> words.put(key, properties.getProperty(key)));
        return words;
    }
}
