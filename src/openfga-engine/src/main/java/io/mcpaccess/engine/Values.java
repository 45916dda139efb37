package io.mcpaccess.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads members of a configuration that may be missing, empty or out of bounds. */
final class Values {

    private static final Pattern MASK = Pattern.compile("\\*{3,}");

    private Values() {}

    /** Forms send empty text for what was left out. */
    static Optional<String> textOf(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** AM shows every secret as stars, also one that was never set; stars that come back to be stored are none. */
    static Optional<String> secretOf(String value) {
        return textOf(value).filter(text -> !isMask(text));
    }

    static boolean isMask(String value) {
        return value != null && MASK.matcher(value.strip()).matches();
    }

    /** The items of a list that closes something: one that says nothing would open it. */
    static List<String> names(String setting, List<String> value) {
        return complete(setting, value).stream()
                .map(name -> textOf(name).orElseThrow(() -> missing(setting)))
                .toList();
    }

    /** A list without items that are null. */
    static <T> List<T> complete(String setting, List<T> value) {
        if (value != null && value.stream().anyMatch(Objects::isNull)) {
            throw missing(setting);
        }
        return value == null ? List.of() : value;
    }

    private static IllegalArgumentException missing(String setting) {
        return new IllegalArgumentException(setting + ": an entry is empty; fill it in or take it out");
    }

    static <T> List<T> listOf(List<T> value) {
        return value == null
                ? List.of()
                : value.stream().filter(Objects::nonNull).toList();
    }

    static int between(String name, Integer value, int fallback, int least, int most) {
        int number = value == null ? fallback : value;
        if (number < least || number > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", but is " + number);
        }
        return number;
    }
}
