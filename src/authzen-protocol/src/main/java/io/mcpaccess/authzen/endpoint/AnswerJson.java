package io.mcpaccess.authzen.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/** Writes answers. */
final class AnswerJson {

    private static final ObjectWriter JSON = new ObjectMapper().writer();

    private AnswerJson() {}

    /** Writes maps, lists, texts, numbers and flags. */
    static String write(Object json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer could not be written as JSON.", e);
        }
    }
}
