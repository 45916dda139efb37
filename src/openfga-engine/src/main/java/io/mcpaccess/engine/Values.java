package io.mcpaccess.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads members of a configuration that may be missing, empty or out of bounds. */
final class Values {

    private Values() {}

    /** Forms send empty text for what was left out. */
    static Optional<String> textOf(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
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
