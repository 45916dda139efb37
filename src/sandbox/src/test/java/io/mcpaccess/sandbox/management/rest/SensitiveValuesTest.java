package io.mcpaccess.sandbox.management.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SensitiveValuesTest {
    private static final String SCHEMA =
            "{\"properties\":{\"apiToken\":{\"type\":\"string\",\"sensitive\":true},\"uri\":{\"type\":\"string\"}}}";

    private final SensitiveValues values = new SensitiveValues(new ObjectMapper());

    @Test
    void masksWhatTheSchemaMarks() {
        assertThat(values.mask(SCHEMA, "{\"apiToken\":\"secret\",\"uri\":\"http://x\"}"))
                .isEqualTo("{\"apiToken\":\"********\",\"uri\":\"http://x\"}");
        assertThat(values.mask(SCHEMA, "{\"apiToken\":\"\"}")).isEqualTo("{\"apiToken\":\"\"}");
    }

    @Test
    void showsNothingWithoutASchema() {
        assertThat(values.mask(null, "{\"apiToken\":\"secret\"}")).isEqualTo("{}");
    }

    @Test
    void writtenMaskKeepsTheOldValueAndANewValueReplacesIt() {
        String before = "{\"apiToken\":\"secret\",\"uri\":\"http://x\"}";

        assertThat(values.restore(SCHEMA, "{\"apiToken\":\"********\",\"uri\":\"http://y\"}", before))
                .isEqualTo("{\"apiToken\":\"secret\",\"uri\":\"http://y\"}");
        assertThat(values.restore(SCHEMA, "{\"apiToken\":\"new\"}", before)).isEqualTo("{\"apiToken\":\"new\"}");
    }
}
