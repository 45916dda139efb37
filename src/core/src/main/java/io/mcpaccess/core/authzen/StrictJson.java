package io.mcpaccess.core.authzen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Reads a JSON object the way I-JSON (RFC 7493) has it: valid UTF-8, no member twice, nothing behind it, of bounded size
 * and depth. What is refused here never reaches a rule, so no rule has to wonder which of two members counts.
 *
 * <p>Immutable; may be used by any number of threads.
 */
public final class StrictJson {

    /** The most bytes that a body may have. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** How deep objects and arrays may be nested. */
    public static final int MAX_DEPTH = 32;

    /**
     * The most values, members, objects and arrays that a body may have, beginnings and ends counted: each costs many times
     * the bytes that it is written with.
     */
    public static final int MAX_VALUES = 200_000;

    private static final int PIECE = 64;
    private static final byte FIRST_OF_BYTE_ORDER_MARK = (byte) 0xEF;

    private final ObjectMapper mapper;

    /** A reader with the limits above. */
    public StrictJson() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_BYTES)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        this.mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .build();
    }

    /**
     * Reads one JSON object.
     *
     * @param body the bytes as they came over the wire, not decoded before: decoding hides bad UTF-8
     * @return the object
     * @throws MalformedRequestException if it is anything else; the message is for the caller
     */
    public ObjectNode readObject(byte[] body) {
        Objects.requireNonNull(body, "body");
        if (body.length == 0) {
            throw new MalformedRequestException("The body is empty; a JSON object is expected.");
        }
        if (body.length > MAX_BYTES) {
            throw new MalformedRequestException("The body is larger than " + MAX_BYTES + " bytes.");
        }
        requireUtf8(body);
        try (JsonParser parser = new CountingParser(mapper.createParser(body), MAX_VALUES)) {
            JsonNode tree = mapper.readTree(parser);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedRequestException("The body is not a JSON object.");
        } catch (JsonProcessingException e) {
            throw new MalformedRequestException("The body is not valid JSON" + place(e) + ": " + problem(e));
        } catch (MalformedRequestException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new MalformedRequestException("The body could not be read as JSON.");
        }
    }

    /**
     * Jackson takes overlong forms and lone surrogates, skips a byte order mark, and guesses UTF-16 and UTF-32 from zero
     * bytes. The text is decoded for the sake of its faults alone, a piece at a time: nobody keeps it.
     */
    private static void requireUtf8(byte[] body) {
        if (isPlain(body)) {
            return;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer piece = CharBuffer.allocate(Math.min(body.length, PIECE));
        CoderResult result;
        do {
            result = decoder.decode(bytes, piece.clear(), true);
            if (result.isError()) {
                throw new MalformedRequestException("The body is not valid UTF-8.");
            }
        } while (result.isOverflow());
        if (body[0] == FIRST_OF_BYTE_ORDER_MARK || holdsZero(body)) {
            throw new MalformedRequestException("The body is not valid JSON: it has a byte order mark or a zero byte.");
        }
    }

    /** Nearly every body is ASCII. */
    private static boolean isPlain(byte[] body) {
        for (byte each : body) {
            if (each <= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsZero(byte[] body) {
        for (byte each : body) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }

    /** Jackson gives no location for some of its limits. */
    private static String place(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** Jackson's own words may quote the body, which may hold a token, so only the kind of problem is said. */
    private static String problem(JsonProcessingException e) {
        String text = String.valueOf(e.getOriginalMessage());
        if (text.startsWith("Duplicate")) {
            return "a member appears twice.";
        }
        if (text.contains("nesting depth")) {
            return "it is nested deeper than " + MAX_DEPTH + " levels.";
        }
        if (text.startsWith("Trailing token")) {
            return "something follows the object.";
        }
        return "it breaks off or has a character that JSON does not allow there.";
    }
}
