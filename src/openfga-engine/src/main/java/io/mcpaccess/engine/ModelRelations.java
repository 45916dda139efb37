package io.mcpaccess.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.embedded.model.HoldableRelations;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Which relations of an object are worth a question, by the domain's model. */
sealed interface ModelRelations {

    /**
     * @param subjectType the type of the subject
     * @param objectType the type of the object
     * @return the relations to ask about
     */
    List<String> heldBy(String subjectType, String objectType);

    /** The model says who can hold what. */
    record Holdable(HoldableRelations relations) implements ModelRelations {
        @Override
        public List<String> heldBy(String subjectType, String objectType) {
            return relations.of(subjectType, objectType);
        }
    }

    /** A newer server's model that is not understood here: nothing is known of it but the names. */
    record Named(JsonNode model) implements ModelRelations {
        @Override
        public List<String> heldBy(String subjectType, String objectType) {
            List<String> names = new ArrayList<>();
            for (JsonNode definition : model.path("type_definitions")) {
                if (definition.path("type").asText().equals(objectType)) {
                    definition.path("relations").fieldNames().forEachRemaining(names::add);
                }
            }
            return names;
        }
    }

    /** Reads a model once, as long as the domain stays with it. Safe for use by many threads. */
    final class Latest {

        private static final ObjectMapper JSON = new ObjectMapper();

        private final AtomicReference<Read> last = new AtomicReference<>();

        /**
         * @param model the current model
         * @return what it says
         * @throws BackendException when it is no JSON
         */
        ModelRelations of(ModelDocument model) {
            Read read = last.get();
            if (read == null || !read.modelId().equals(model.id())) {
                read = new Read(model.id(), read(model));
                last.set(read);
            }
            return read.relations();
        }

        private static ModelRelations read(ModelDocument model) {
            try {
                return new Holdable(new HoldableRelations(ModelReader.fromJson(model.json())));
            } catch (InvalidModelException e) {
                return named(model);
            }
        }

        private static ModelRelations named(ModelDocument model) {
            try {
                return new Named(JSON.readTree(model.json()));
            } catch (JsonProcessingException e) {
                throw new BackendException(
                        BackendException.Problem.UNAVAILABLE, "The authorization model is no JSON", e);
            }
        }

        private record Read(String modelId, ModelRelations relations) {}
    }
}
