package io.mcpaccess.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.registry.plan.SuspiciousText;

/**
 * Writes JSON in which hidden characters and markup brackets are escaped, so that a description shows what it holds on a
 * terminal, and is no markup to a browser that mistakes the type. A parser reads the same text.
 */
final class SafeJson {

    private static final ObjectMapper MAPPER =
            new ObjectMapper(JsonFactory.builder().build().setCharacterEscapes(new Escapes()));

    private SafeJson() {}

    static String write(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON nodes can always be written", e);
        }
    }

    private static final class Escapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        private final int[] ascii = CharacterEscapes.standardAsciiEscapesForJSON();

        Escapes() {
            for (char c : new char[] {'<', '>', '&', 0x7f}) {
                ascii[c] = CharacterEscapes.ESCAPE_STANDARD;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public SerializableString getEscapeSequence(int c) {
            return SuspiciousText.isHidden(c) ? new SerializedString(String.format("\\u%04X", c)) : null;
        }
    }
}
