package io.mcpaccess.authzen.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Map;

/** Writes answers: what they are made of needs no serializers, and every decision is written here. */
final class AnswerJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int USUAL_LENGTH = 128;

    private AnswerJson() {}

    /** What is written into an answer. */
    @FunctionalInterface
    interface Part {
        void writeTo(JsonGenerator out) throws IOException;
    }

    /** Writes maps, lists, texts, numbers and flags. */
    static String write(Object json) {
        return write((Part) out -> value(json, out));
    }

    static String write(Part part) {
        StringWriter text = new StringWriter(USUAL_LENGTH);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            part.writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("An answer could not be written as JSON.", e);
        }
        return text.toString();
    }

    static void value(Object json, JsonGenerator out) throws IOException {
        if (json instanceof String text) {
            out.writeString(text);
        } else if (json instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (json instanceof Integer number) {
            out.writeNumber(number);
        } else if (json instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.writeFieldName(String.valueOf(member.getKey()));
                value(member.getValue(), out);
            }
            out.writeEndObject();
        } else if (json instanceof Collection<?> values) {
            out.writeStartArray();
            for (Object each : values) {
                value(each, out);
            }
            out.writeEndArray();
        } else {
            out.writePOJO(json);
        }
    }
}
