package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import java.util.List;
import java.util.Objects;

/** A change of a store, whole or not at all. What a log must keep to come to the same state again. */
public sealed interface Change {

    /**
     * Tuples written and deleted.
     *
     * @param writes tuples that were not there
     * @param deletes keys of tuples that were there
     */
    record Tuples(List<StoredTuple> writes, List<TupleKey> deletes) implements Change {
        public Tuples {
            writes = List.copyOf(writes);
            deletes = List.copyOf(deletes);
        }
    }

    /**
     * A model added; it is the latest from now on.
     *
     * @param id its ULID
     * @param json the model in OpenFGA's JSON
     */
    record Model(String id, String json) implements Change {
        public Model {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(json, "json");
        }
    }
}
