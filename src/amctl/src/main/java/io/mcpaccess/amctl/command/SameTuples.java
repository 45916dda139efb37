package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tuples that stand twice in a file: equal ones are one; with two conditions nobody knows which is meant. */
final class SameTuples {

    /** 1 and 1.0 are one value to a condition's parameter. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.equals(other)
                    || one.isNumber() && other.isNumber() && one.decimalValue().compareTo(other.decimalValue()) == 0
            ? 0
            : 1;

    private SameTuples() {}

    /**
     * The tuples, each once.
     *
     * @param file where they stand
     * @param tuples checked ones
     * @param yaml reads the file again, for the lines of a fault
     * @return in their order
     */
    static ArrayNode once(Path file, ArrayNode tuples, ObjectMapper yaml) {
        Map<String, Integer> seen = new HashMap<>();
        ArrayNode kept = Json.array();
        for (int i = 0; i < tuples.size(); i++) {
            JsonNode tuple = tuples.get(i);
            String key = tuple.get("user").asText() + " "
                    + tuple.get("relation").asText() + " " + tuple.get("object").asText();
            Integer first = seen.putIfAbsent(key, i);
            if (first == null) {
                kept.add(tuple);
            } else if (!condition(tuples.get(first)).equals(BY_VALUE, condition(tuple))) {
                List<Integer> lines = lines(file, yaml);
                boolean isKnown = lines.size() == tuples.size();
                throw new CommandFailure(
                        ExitCode.USAGE,
                        file + (isKnown ? ", lines " + lines.get(first) + " and " + lines.get(i) : "") + ": the tuple "
                                + key + " stands there twice, with different conditions (tuples number " + (first + 1)
                                + " and " + (i + 1) + "). Keep one.");
            }
        }
        return kept;
    }

    /** Nothing where there is none; no context is an empty one. */
    private static JsonNode condition(JsonNode tuple) {
        JsonNode condition = tuple.path("condition");
        if (!condition.isObject()) {
            return Json.object();
        }
        JsonNode context = condition.path("context");
        return Json.object()
                .put("name", condition.path("name").asText())
                .set("context", context.isObject() ? context : Json.object());
    }

    /** The lines at which the tuples of a file begin: the objects of its list, or of its list {@code tuples}. */
    private static List<Integer> lines(Path file, ObjectMapper yaml) {
        List<Integer> lines = new ArrayList<>();
        try (JsonParser in = yaml.createParser(TupleFiles.text(file))) {
            boolean isInStore = in.nextToken() == JsonToken.START_OBJECT;
            while (isInStore
                    && in.nextToken() == JsonToken.FIELD_NAME
                    && !in.currentName().equals("tuples")) {
                in.nextToken();
                in.skipChildren();
            }
            if (isInStore) {
                in.nextToken();
            }
            while (in.nextToken() == JsonToken.START_OBJECT) {
                lines.add(in.currentTokenLocation().getLineNr());
                in.skipChildren();
            }
        } catch (IOException e) {
            return List.of();
        }
        return lines;
    }
}
