package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.Change;
import io.mcpaccess.openfga.embedded.store.LogEntry.Base;
import io.mcpaccess.openfga.embedded.store.LogEntry.Changed;
import io.mcpaccess.openfga.embedded.store.LogEntry.KnownModel;
import io.mcpaccess.openfga.embedded.store.LogEntry.Listed;
import io.mcpaccess.openfga.embedded.store.LogEntry.Origin;
import io.mcpaccess.openfga.embedded.store.LogEntry.Owner;
import io.mcpaccess.openfga.embedded.store.LogEntry.Size;
import io.mcpaccess.openfga.embedded.store.LogEntry.SourceFile;
import io.mcpaccess.openfga.embedded.tuples.TableSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Log entries as JSON, which a person can read in an emergency. A tuple is an array: user, relation, object and, when
 * it has a condition, the condition's name and context. Tuples are read token by token: a state has a million of them.
 *
 * <p>Thread-safe.
 */
final class LogCodec {

    private final ObjectMapper json;

    LogCodec() {
        json = JsonMapper.builder().build();
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(LogFrame.MAX_PAYLOAD)
                        .build());
    }

    byte[] encode(LogEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            write(out, entry);
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalArgumentException("this cannot be written as JSON: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    private void write(JsonGenerator out, LogEntry entry) throws IOException {
        if (entry instanceof Listed listed) {
            out.writeArrayFieldStart(listed.origin().name().toLowerCase(Locale.ROOT));
            for (StoredTuple tuple : listed.tuples()) {
                write(out, tuple);
            }
            out.writeEndArray();
        } else if (entry instanceof Changed changed) {
            out.writeArrayFieldStart("changes");
            for (Change change : changed.changes()) {
                write(out, change);
            }
            out.writeEndArray();
        } else if (entry instanceof KnownModel known) {
            write(out, known.model());
        } else if (entry instanceof Size size) {
            out.writeFieldName("size");
            out.writeArray(
                    new int[] {
                        size.size().rows(), size.size().nodes(), size.size().objects()
                    },
                    0,
                    3);
        } else if (entry instanceof Owner owner) {
            out.writeStringField("owner", owner.domain());
        } else if (entry instanceof Base base) {
            out.writeObjectFieldStart("base");
            out.writeStringField("name", base.name());
            out.writeStringField("model", base.modelId());
            out.writeStringField("text", base.modelText());
            out.writeObjectFieldStart("files");
            for (SourceFile file : base.files()) {
                out.writeStringField(file.name(), file.digest());
            }
            out.writeEndObject();
            out.writeEndObject();
        }
    }

    private void write(JsonGenerator out, Change change) throws IOException {
        out.writeStartObject();
        if (change instanceof Change.Model added) {
            write(out, new ModelDocument(added.id(), added.json()));
        } else if (change instanceof Change.Tuples tuples) {
            out.writeArrayFieldStart("delete");
            for (TupleKey key : tuples.deletes()) {
                write(out, StoredTuple.of(key));
            }
            out.writeEndArray();
            out.writeArrayFieldStart("add");
            for (StoredTuple tuple : tuples.writes()) {
                write(out, tuple);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, ModelDocument model) throws IOException {
        out.writeArrayFieldStart("model");
        out.writeString(model.id());
        out.writeString(model.json());
        out.writeEndArray();
    }

    private void write(JsonGenerator out, StoredTuple tuple) throws IOException {
        out.writeStartArray();
        out.writeString(tuple.key().user());
        out.writeString(tuple.key().relation());
        out.writeString(tuple.key().object());
        if (tuple.condition().isPresent()) {
            out.writeString(tuple.condition().get().name());
            json.writeValue(out, tuple.condition().get().context());
        }
        out.writeEndArray();
    }

    /**
     * Reads an entry.
     *
     * @throws JsonProcessingException when it is none of this version; its frame was written so, it is not damaged
     */
    LogEntry decode(byte[] payload) throws IOException {
        try (JsonParser in = json.createParser(payload)) {
            expect(in, JsonToken.START_OBJECT);
            expect(in, JsonToken.FIELD_NAME);
            String kind = in.currentName();
            LogEntry entry = switch (kind) {
                case "size" -> size(in);
                case "owner" -> new Owner(string(in));
                case "base" -> base(in);
                case "model" -> new KnownModel(model(in));
                case "changes" -> changed(in);
                default -> new Listed(origin(in, kind), tuples(in));
            };
            expect(in, JsonToken.END_OBJECT);
            return entry;
        }
    }

    private static Origin origin(JsonParser in, String kind) throws IOException {
        for (Origin origin : Origin.values()) {
            if (origin.name().toLowerCase(Locale.ROOT).equals(kind)) {
                return origin;
            }
        }
        throw unexpected(in);
    }

    private static Size size(JsonParser in) throws IOException {
        expect(in, JsonToken.START_ARRAY);
        TableSize size = new TableSize(in.nextIntValue(0), in.nextIntValue(0), in.nextIntValue(0));
        expect(in, JsonToken.END_ARRAY);
        return new Size(size);
    }

    private Base base(JsonParser in) throws IOException {
        in.nextToken();
        JsonNode base = json.readTree(in);
        List<SourceFile> files = new ArrayList<>();
        base.path("files")
                .fields()
                .forEachRemaining(file ->
                        files.add(new SourceFile(file.getKey(), file.getValue().asText())));
        return new Base(
                base.path("name").asText(),
                base.path("model").asText(),
                base.path("text").asText(),
                files);
    }

    private Changed changed(JsonParser in) throws IOException {
        List<Change> changes = new ArrayList<>();
        expect(in, JsonToken.START_ARRAY);
        while (in.nextToken() == JsonToken.START_OBJECT) {
            expect(in, JsonToken.FIELD_NAME);
            if (in.currentName().equals("model")) {
                ModelDocument model = model(in);
                changes.add(new Change.Model(model.id(), model.json()));
            } else {
                List<TupleKey> deletes =
                        tuples(in).stream().map(StoredTuple::key).toList();
                expect(in, JsonToken.FIELD_NAME);
                changes.add(new Change.Tuples(tuples(in), deletes));
            }
            expect(in, JsonToken.END_OBJECT);
        }
        return new Changed(changes);
    }

    private static ModelDocument model(JsonParser in) throws IOException {
        expect(in, JsonToken.START_ARRAY);
        ModelDocument model = new ModelDocument(string(in), string(in));
        expect(in, JsonToken.END_ARRAY);
        return model;
    }

    private List<StoredTuple> tuples(JsonParser in) throws IOException {
        List<StoredTuple> tuples = new ArrayList<>();
        expect(in, JsonToken.START_ARRAY);
        while (in.nextToken() == JsonToken.START_ARRAY) {
            TupleKey key = new TupleKey(string(in), string(in), string(in));
            if (in.nextToken() == JsonToken.VALUE_STRING) {
                String condition = in.getText();
                expect(in, JsonToken.START_OBJECT);
                tuples.add(new StoredTuple(key, Optional.of(new StoredTuple.Condition(condition, context(in)))));
                in.nextToken();
            } else {
                tuples.add(StoredTuple.of(key));
            }
        }
        return tuples;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> context(JsonParser in) throws IOException {
        return json.readValue(in, Map.class);
    }

    private static String string(JsonParser in) throws IOException {
        expect(in, JsonToken.VALUE_STRING);
        return in.getText();
    }

    private static void expect(JsonParser in, JsonToken token) throws IOException {
        if (in.nextToken() != token) {
            throw unexpected(in);
        }
    }

    private static JsonProcessingException unexpected(JsonParser in) throws IOException {
        return new com.fasterxml.jackson.core.JsonParseException(
                in, "an entry of another version of the store, at " + in.currentToken());
    }
}
