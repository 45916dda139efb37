package io.mcpaccess.guard.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Makes a tree that can be written again without a change of meaning: numbers keep their text, and half a surrogate pair,
 * which some readers replace and some refuse (RFC 8259, section 8.2), is refused.
 */
final class TreeReader {
    /** What every integer type of Jackson prints as it was. */
    private static final Pattern PLAIN = Pattern.compile("0|-?[1-9]\\d*");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TreeReader() {}

    /**
     * @param parser stands on the first token of a value; bounds the depth
     * @return the value; the parser stands on its last token
     * @throws UnclearJsonException when readers could differ about it
     */
    static JsonNode read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(whole(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new UnclearJsonException();
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = whole(parser.currentName());
            parser.nextToken();
            object.set(name, read(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(parser));
        }
        return array;
    }

    private static JsonNode number(JsonParser parser) throws IOException {
        String literal = parser.getText();
        if (!PLAIN.matcher(literal).matches()) {
            try {
                return new LiteralNumber(literal);
            } catch (NumberFormatException beyondAllBounds) {
                throw new UnclearJsonException();
            }
        }
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static String whole(String text) throws UnclearJsonException {
        for (int index = 0; index < text.length(); index++) {
            char one = text.charAt(index);
            if (Character.isSurrogate(one)) {
                boolean pair = Character.isHighSurrogate(one)
                        && index + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(index + 1));
                if (!pair) {
                    throw new UnclearJsonException();
                }
                index++;
            }
        }
        return text;
    }

    /** JSON by RFC 8259 that is none by RFC 7493. */
    static final class UnclearJsonException extends IOException {
        private static final long serialVersionUID = 1L;

        UnclearJsonException() {
            super("not I-JSON");
        }
    }
}
