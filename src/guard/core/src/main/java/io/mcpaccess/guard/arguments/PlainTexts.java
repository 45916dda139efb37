package io.mcpaccess.guard.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which strings a condition may get. OpenFGA refuses a context with control characters. */
final class PlainTexts {
    static final int LONGEST = 1024;
    private static final int LONGEST_OF_MANY = 256;
    private static final int MOST = 100;
    /** RFC 3339, section 5.6, with as many digits of a second as a clock has. */
    private static final Pattern TIMESTAMP = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    private PlainTexts() {}

    static boolean isPlain(JsonNode value, int longest) {
        return value.isTextual()
                && value.textValue().length() <= longest
                && value.textValue().codePoints().noneMatch(Character::isISOControl);
    }

    static boolean arePlain(JsonNode values) {
        if (!values.isArray() || values.size() > MOST) {
            return false;
        }
        for (JsonNode value : values) {
            if (!isPlain(value, LONGEST_OF_MANY)) {
                return false;
            }
        }
        return true;
    }

    static Optional<JsonNode> timestamp(JsonNode value) {
        if (!value.isTextual() || !TIMESTAMP.matcher(value.textValue()).matches()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(value.textValue());
            int year = time.toInstant().atOffset(ZoneOffset.UTC).getYear();
            return year >= 1 && year <= 9999
                    ? Optional.of(TextNode.valueOf(time.toInstant().toString()))
                    : Optional.empty();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
