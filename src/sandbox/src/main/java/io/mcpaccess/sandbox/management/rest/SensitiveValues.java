package io.mcpaccess.sandbox.management.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/**
 * Secrets of a plugin's configuration, as its schema marks them with {@code "sensitive": true}: masked when read, and put back when the mask
 * is written. Without a schema AM shows nothing at all.
 */
final class SensitiveValues {
    private static final String MASK = "********";

    private final ObjectMapper mapper;

    SensitiveValues(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The configuration for a reader. */
    String mask(String schema, String configuration) {
        if (schema == null) {
            return "{}";
        }
        ObjectNode masked = object(configuration);
        sensitive(schema).forEachRemaining(name -> {
            if (masked.hasNonNull(name) && !masked.get(name).asText().isEmpty()) {
                masked.put(name, MASK);
            }
        });
        return masked.toString();
    }

    /** The configuration that a writer means: its masks stand for the values that were there. */
    String restore(String schema, String written, String before) {
        ObjectNode restored = object(written);
        ObjectNode old = object(before);
        if (schema != null) {
            sensitive(schema).forEachRemaining(name -> {
                if (MASK.equals(restored.path(name).asText()) && old.has(name)) {
                    restored.set(name, old.get(name));
                }
            });
        }
        return restored.toString();
    }

    private Iterator<String> sensitive(String schema) {
        JsonNode properties = object(schema).path("properties");
        Iterable<String> names = properties::fieldNames;
        return java.util.stream.StreamSupport.stream(names.spliterator(), false)
                .filter(name -> properties.path(name).path("sensitive").asBoolean())
                .iterator();
    }

    private ObjectNode object(String json) {
        try {
            return mapper.readTree(json) instanceof ObjectNode object ? object : mapper.createObjectNode();
        } catch (JsonProcessingException e) {
            return mapper.createObjectNode();
        }
    }
}
