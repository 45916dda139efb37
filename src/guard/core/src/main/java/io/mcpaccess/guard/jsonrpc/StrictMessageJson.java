package io.mcpaccess.guard.jsonrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads JSON that every reader understands alike (I-JSON, RFC 7493): UTF-8 only, no duplicate members at any depth, no
 * half of a surrogate pair, nothing after the value, bounded depth. A number is written again as it was read.
 */
public final class StrictMessageJson {
    private static final int MAX_DEPTH = 200;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names that come from strangers are not worth a place in a table that all requests share.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private StrictMessageJson() {}

    /**
     * @param utf8 the text as bytes
     * @return the value; empty when the bytes are no such JSON
     */
    public static Optional<JsonNode> parse(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return parse(text);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            JsonNode value = TreeReader.read(parser);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        }
    }

    /**
     * @param value what {@link #parse} gave, or something made of its parts
     * @return the same as UTF-8, without a byte order mark
     */
    public static byte[] write(JsonNode value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }
}
