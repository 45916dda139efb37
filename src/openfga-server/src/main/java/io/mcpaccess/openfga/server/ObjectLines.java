package io.mcpaccess.openfga.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.FoundObjects;
import io.mcpaccess.openfga.server.http.AnswerBody;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the lines of OpenFGA's StreamedListObjects as they come. What has come when time runs out is an answer, a
 * truncated one.
 */
final class ObjectLines implements AnswerBody {

    private final ObjectMapper json;
    private final int limit;
    private final Set<String> objects = new LinkedHashSet<>();

    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private boolean hasBegun;
    private boolean truncated;
    private RuntimeException failure;
    private String firstLine = "";

    ObjectLines(ObjectMapper json, int limit) {
        this.json = json;
        this.limit = limit;
    }

    @Override
    public synchronized void begins() {
        hasBegun = true;
    }

    @Override
    public synchronized void next(byte[] bytes) {
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                piece.write(bytes, from, at - from);
                ends();
                from = at + 1;
            }
        }
        piece.write(bytes, from, bytes.length - from);
    }

    /** The line that has come up to now is whole. */
    synchronized void ends() {
        if (piece.size() > 0) {
            line(piece.toString(StandardCharsets.UTF_8));
            piece.reset();
        }
    }

    private void line(String line) {
        if (line.isBlank() || failure != null) {
            return;
        }
        if (firstLine.isEmpty()) {
            firstLine = line;
        }
        if (objects.size() == limit) {
            truncated = true;
            return;
        }
        try {
            read(json.readTree(line));
        } catch (JsonProcessingException e) {
            failure = ServerFailure.of(ServerFailure.Kind.MALFORMED, "OpenFGA's answer is not the JSON it should be");
        }
    }

    private void read(JsonNode line) {
        if (line.has("error")) {
            failure = ServerFailure.refused(
                    400, "", line.path("error").path("message").asText(""), null);
            return;
        }
        String object = line.path("result").path("object").asText("");
        if (object.isEmpty()) {
            failure = ServerFailure.of(ServerFailure.Kind.MALFORMED, "A line of OpenFGA's answer names no object");
        } else {
            objects.add(object);
        }
    }

    /** Whether the server has begun to answer. */
    synchronized boolean hasBegun() {
        return hasBegun;
    }

    /** The first line, for an answer that is an error. */
    synchronized String firstLine() {
        return firstLine;
    }

    /**
     * What was found up to now.
     *
     * @param cutShort whether there may be more
     * @return the objects
     */
    synchronized FoundObjects found(boolean cutShort) {
        if (failure != null) {
            throw failure;
        }
        return new FoundObjects(List.copyOf(objects), truncated || cutShort);
    }
}
