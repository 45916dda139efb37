package io.mcpaccess.guard.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an argument must be to count in a decision. Whatever is not exactly that is taken for absent: a server may read it
 * in another way than the condition does.
 */
public enum ArgumentType {
    /** A number of at most 15 significant digits, which every reader takes for the same double. */
    NUMBER {
        @Override
        Optional<JsonNode> read(JsonNode value) {
            return value.isNumber() && ExactNumbers.isExact(value.decimalValue())
                    ? Optional.of(value)
                    : Optional.empty();
        }
    },
    /** A whole number between -(2^53-1) and 2^53-1 (RFC 7493, section 2.2). */
    INTEGER {
        @Override
        Optional<JsonNode> read(JsonNode value) {
            return value.isNumber()
                    ? ExactNumbers.whole(value.decimalValue()).map(LongNode::valueOf)
                    : Optional.empty();
        }
    },
    /** A string of at most 1024 characters without control characters. */
    STRING {
        @Override
        Optional<JsonNode> read(JsonNode value) {
            return PlainTexts.isPlain(value, PlainTexts.LONGEST) ? Optional.of(value) : Optional.empty();
        }
    },
    /** {@code true} or {@code false}. */
    BOOLEAN {
        @Override
        Optional<JsonNode> read(JsonNode value) {
            return value.isBoolean() ? Optional.of(BooleanNode.valueOf(value.booleanValue())) : Optional.empty();
        }
    },
    /** A string with a date and a time of RFC 3339, in the years 1 to 9999. Conditions get it in UTC. */
    TIMESTAMP {
        @Override
        Optional<JsonNode> read(JsonNode value) {
            return PlainTexts.timestamp(value);
        }
    },
    /** An array of at most 100 strings, each of at most 256 characters without control characters. */
    STRINGS {
        @Override
        Optional<JsonNode> read(JsonNode value) {
            return PlainTexts.arePlain(value) ? Optional.of(value) : Optional.empty();
        }
    };

    /**
     * @param word the type as files name it: {@code number}, {@code integer}, {@code string}, {@code boolean}, {@code
     *     timestamp} or {@code strings}
     * @return the type
     * @throws IllegalArgumentException for another word; the message says which there are
     */
    public static ArgumentType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no type of arguments of this name. There are "
                        + Arrays.stream(values()).map(ArgumentType::word).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * @return the type as files name it
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param value of any kind, or missing
     * @return what a condition gets; empty where the value is not of this type
     */
    abstract Optional<JsonNode> read(JsonNode value);
}
