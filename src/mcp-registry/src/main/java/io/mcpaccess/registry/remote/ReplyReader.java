package io.mcpaccess.registry.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the answer to one request in what a stranger's server sent: JSON, or server-sent events among which it is one. What cannot
 * be read, or answers something else, is no answer.
 */
final class ReplyReader {

    private static final int MAX_DEPTH = 100;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(ImportBudget.MAX_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private ReplyReader() {}

    /**
     * Reads a body.
     *
     * @param contentType the header's text, empty if there is none; a media type is the same in any case (RFC 9110, section
     *     8.3.1)
     * @param body the body, bounded by the caller
     * @param id the request's id; missing for a notification, which nobody answers
     * @return the JSON-RPC message, always an object; missing where there is none
     * @throws IOException if the body cannot be had
     */
    static JsonNode read(String contentType, InputStream body, JsonNode id) throws IOException {
        if (id.isMissingNode()) {
            return id;
        }
        JsonNode message = switch (mediaType(contentType)) {
            case "text/event-stream" -> answerAmong(new SseEvents(body), id);
            case "application/json" -> parse(body.readAllBytes());
            default -> MissingNode.getInstance();
        };
        return message.isObject() ? message : MissingNode.getInstance();
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** Notifications and requests of the server come before the answer, and are none of an import's business. */
    private static JsonNode answerAmong(SseEvents events, JsonNode id) throws IOException {
        for (Optional<String> event = events.next(); event.isPresent(); event = events.next()) {
            JsonNode message = parse(event.get().getBytes(StandardCharsets.UTF_8));
            if (message.path("id").equals(id) && !message.has("method")) {
                return message;
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode parse(byte[] json) throws IOException {
        try {
            JsonNode tree = JSON.readTree(json);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
