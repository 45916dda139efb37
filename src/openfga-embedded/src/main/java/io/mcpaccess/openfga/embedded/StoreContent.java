package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import java.util.List;
import java.util.Objects;

/**
 * All that a store holds.
 *
 * @param name the store's name
 * @param models the oldest first
 * @param tuples without repeats
 */
public record StoreContent(String name, List<Model> models, List<StoredTuple> tuples) {

    public StoreContent {
        Objects.requireNonNull(name, "name");
        models = List.copyOf(models);
        tuples = List.copyOf(tuples);
    }

    /**
     * A model of a store.
     *
     * @param id its ULID
     * @param model the model
     */
    public record Model(String id, AuthorizationModel model) {
        public Model {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(model, "model");
        }
    }
}
