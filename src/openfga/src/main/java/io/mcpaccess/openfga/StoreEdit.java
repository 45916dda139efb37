package io.mcpaccess.openfga;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A change of a store that is tried out and not made.
 *
 * @param model the model that shall decide, in OpenFGA's language or JSON; empty where it stays
 * @param tuples all tuples that there shall be; empty where writes and deletes say what changes
 * @param writes tuples that shall be there, with their conditions
 * @param deletes keys of tuples that shall be gone; done before the writes, so that a condition can be changed
 */
public record StoreEdit(
        Optional<String> model, Optional<List<StoredTuple>> tuples, List<StoredTuple> writes, List<TupleKey> deletes) {

    /** Nothing changes. */
    public static final StoreEdit NONE = new StoreEdit(Optional.empty(), Optional.empty(), List.of(), List.of());

    /** Nothing is null; lists are copied. */
    public StoreEdit {
        Objects.requireNonNull(model, "model");
        tuples = tuples.map(List::copyOf);
        writes = List.copyOf(writes);
        deletes = List.copyOf(deletes);
    }

    /**
     * Whether nothing is asked for.
     *
     * @return true where the store stays as it is
     */
    public boolean isNone() {
        return model.isEmpty() && tuples.isEmpty() && writes.isEmpty() && deletes.isEmpty();
    }
}
