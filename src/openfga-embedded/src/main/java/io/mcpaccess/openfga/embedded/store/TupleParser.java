package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Reads tuples from the tokens of a YAML or JSON file, each with its place. For one file and one thread. */
final class TupleParser {

    /** Takes tuples as they are read. */
    @FunctionalInterface
    interface Sink {
        void tuple(StoredTuple tuple, Place place) throws StoreFileException;
    }

    private final String file;
    private final JsonParser in;
    private final ObjectMapper mapper;

    /**
     * A parser.
     *
     * @param file the file's name, for places
     * @param in the file's tokens
     * @param mapper reads the contexts of conditions
     */
    TupleParser(String file, JsonParser in, ObjectMapper mapper) {
        this.file = file;
        this.in = in;
        this.mapper = mapper;
    }

    /** Reads a list; the current token is its beginning. Nothing at all (an empty value in YAML) is an empty list. */
    void list(Sink sink) throws IOException {
        if (in.currentToken() == null || isNothing()) {
            return;
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw fault("a list of tuples is expected here");
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            tuple(sink);
        }
    }

    /** Reads one tuple; the current token is its beginning. */
    void tuple(Sink sink) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw fault("a tuple is expected here: user, relation and object");
        }
        Place place = place();
        String user = null;
        String relation = null;
        String object = null;
        StoredTuple.Condition condition = null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String member = in.currentName();
            Place memberPlace = place();
            in.nextToken();
            switch (member) {
                case "user" -> user = text(member);
                case "relation" -> relation = text(member);
                case "object" -> object = text(member);
                case "condition" -> condition = condition();
                default ->
                    throw new StoreFileException(
                            memberPlace,
                            "a tuple has user, relation, object and condition, no \"" + member + "\"",
                            "a tuple has user, relation, object and condition, and no such member");
            }
        }
        if (user == null || relation == null || object == null) {
            String missing = user == null ? "user" : relation == null ? "relation" : "object";
            throw new StoreFileException(place, "the tuple has no " + missing);
        }
        sink.tuple(new StoredTuple(new TupleKey(user, relation, object), Optional.ofNullable(condition)), place);
    }

    /** The condition that begins at the current token; null where there is nothing. */
    StoredTuple.Condition condition() throws IOException {
        if (isNothing()) {
            return null;
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw fault("a condition has a name and may have a context");
        }
        Place place = place();
        String name = null;
        Map<String, Object> context = Map.of();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String member = in.currentName();
            Place memberPlace = place();
            in.nextToken();
            switch (member) {
                case "name" -> name = text(member);
                case "context" -> context = values("the context of a condition is an object");
                default ->
                    throw new StoreFileException(
                            memberPlace,
                            "a condition has name and context, no \"" + member + "\"",
                            "a condition has name and context, and no such member");
            }
        }
        if (name == null) {
            throw new StoreFileException(place, "the condition has no name");
        }
        return new StoredTuple.Condition(name, context);
    }

    /** Reads an object of names and values, such as a context; nothing at all is an empty one. */
    @SuppressWarnings("unchecked")
    Map<String, Object> values(String fault) throws IOException {
        if (isNothing()) {
            return Map.of();
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw fault(fault);
        }
        return mapper.readValue(in, Map.class);
    }

    /** A null, or in YAML a member with nothing behind it; quotes with nothing in them are a text. */
    boolean isNothing() {
        return in.currentToken() == JsonToken.VALUE_NULL
                || in instanceof YAMLParser
                        && in.currentToken() == JsonToken.VALUE_STRING
                        && in.currentTokenLocation().getCharOffset()
                                == in.currentLocation().getCharOffset();
    }

    /** The text of the current token. */
    String text(String member) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw fault(member + " must be text");
        }
        return in.getText();
    }

    StoreFileException fault(String message) {
        return new StoreFileException(place(), message);
    }

    Place place() {
        JsonLocation location = in.currentTokenLocation();
        return new Place(file, location.getLineNr(), location.getColumnNr());
    }
}
