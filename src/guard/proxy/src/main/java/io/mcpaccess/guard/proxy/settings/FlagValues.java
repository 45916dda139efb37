package io.mcpaccess.guard.proxy.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads the values of options; what is wrong is said with the option's name. */
final class FlagValues {
    private FlagValues() {}

    static String required(String name, String value) {
        if (value == null || value.isBlank()) {
            throw new SettingsException("Option " + name + " is missing.");
        }
        return value;
    }

    static String variable(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new SettingsException("Environment variable " + name + " is missing.");
        }
        return value;
    }

    static List<String> list(String all) {
        return Arrays.stream(all.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .distinct()
                .toList();
    }

    static String choice(String name, String value, String usual, String other) {
        if (!value.equals(usual) && !value.equals(other)) {
            throw new SettingsException(name + " takes " + usual + " or " + other + ", not '" + value + "'.");
        }
        return value;
    }

    static Duration seconds(String name, String text, int most) {
        return Duration.ofSeconds(number(name, text, 1, most));
    }

    static int number(String name, String text, int least, int most) {
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new SettingsException(name + " takes " + least + " to " + most + ", not '" + text + "'.");
        }
        return Integer.parseInt(text);
    }
}
