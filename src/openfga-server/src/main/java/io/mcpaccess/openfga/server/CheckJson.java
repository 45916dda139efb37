package io.mcpaccess.openfga.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfga.sdk.api.model.ConsistencyPreference;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.StoredTuple;
import java.io.IOException;
import java.util.List;

/**
 * Checks as OpenFGA reads them ({@code CheckRequest} and {@code BatchCheckRequest} of its API), written straight to bytes: the way that
 * every decision goes.
 */
final class CheckJson {

    private final ObjectMapper json;
    private final ServerSettings settings;

    CheckJson(ObjectMapper json, ServerSettings settings) {
        this.json = json;
        this.settings = settings;
    }

    byte[] check(String modelId, PermissionQuestion question) throws IOException {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(256);
                JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("authorization_model_id", modelId);
            question(question, out);
            consistency(settings.needsHigherConsistency(question.tuple().relation()), out);
            out.writeEndObject();
            out.flush();
            return bytes.toByteArray();
        }
    }

    /**
     * Several at once, each told apart by its place.
     *
     * @param places where in the list the questions stand that are asked
     */
    byte[] batch(String modelId, List<PermissionQuestion> questions, int[] places, boolean higherConsistency)
            throws IOException {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(160 * places.length);
                JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("authorization_model_id", modelId);
            out.writeArrayFieldStart("checks");
            for (int i = 0; i < places.length; i++) {
                out.writeStartObject();
                out.writeStringField("correlation_id", Integer.toString(i));
                question(questions.get(places[i]), out);
                out.writeEndObject();
            }
            out.writeEndArray();
            consistency(higherConsistency, out);
            out.writeEndObject();
            out.flush();
            return bytes.toByteArray();
        }
    }

    private void question(PermissionQuestion question, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("tuple_key");
        out.writeStringField("user", question.tuple().user());
        out.writeStringField("relation", question.tuple().relation());
        out.writeStringField("object", question.tuple().object());
        out.writeEndObject();
        if (!question.contextualTuples().isEmpty()) {
            contextual(question.contextualTuples(), out);
        }
        if (!question.context().isEmpty()) {
            out.writeFieldName("context");
            json.writeValue(out, question.context());
        }
    }

    private void contextual(List<StoredTuple> tuples, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("contextual_tuples");
        out.writeArrayFieldStart("tuple_keys");
        for (StoredTuple tuple : tuples) {
            json.writeValue(out, SdkRequests.key(tuple));
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Unsaid means what the server prefers, which is the lowest latency. */
    private static void consistency(boolean higher, JsonGenerator out) throws IOException {
        if (higher) {
            out.writeStringField("consistency", ConsistencyPreference.HIGHER_CONSISTENCY.getValue());
        }
    }
}
