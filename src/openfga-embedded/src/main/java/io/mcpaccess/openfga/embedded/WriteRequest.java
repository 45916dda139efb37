package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.evaluation.RequestRules;
import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError.About;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What one write is to change, and OpenFGA's rules for it.
 *
 * @param writes tuples that are not there
 * @param deletes keys of tuples that are there
 */
record WriteRequest(List<StoredTuple> writes, List<TupleKey> deletes) {

    /**
     * Refuses a write that OpenFGA would refuse.
     *
     * @param view the state with the latest model; asked only where tuples are written
     * @param table what is there
     * @throws OpenFgaException with OpenFGA's code
     */
    void check(Supplier<StoreView> view, TupleTable table) {
        if (writes.isEmpty() && deletes.isEmpty()) {
            throw new OpenFgaException(
                    OpenFgaCode.INVALID_WRITE_INPUT,
                    "Invalid input. Make sure you provide at least one write, or at least one delete",
                    About.REQUEST);
        }
        if (!writes.isEmpty()) {
            RequestRules rules = new RequestRules(view.get().plan());
            writes.forEach(rules::checkWrite);
        }
        deletes.forEach(RequestRules::checkDelete);
        checkKeys();
        deletes.stream().filter(key -> !table.holds(key)).findFirst().ifPresent(key -> {
            throw new OpenFgaException(
                    OpenFgaCode.WRITE_FAILED, "cannot delete a tuple which does not exist: " + text(key), About.STORE);
        });
        writes.stream().map(StoredTuple::key).filter(table::holds).findFirst().ifPresent(key -> {
            throw new OpenFgaException(
                    OpenFgaCode.WRITE_FAILED, "cannot write a tuple which already exists: " + text(key), About.STORE);
        });
    }

    private void checkKeys() {
        List<TupleKey> keys = new ArrayList<>(deletes);
        writes.forEach(tuple -> keys.add(tuple.key()));
        Set<TupleKey> seen = new HashSet<>();
        for (TupleKey key : keys) {
            if (!seen.add(key)) {
                throw new OpenFgaException(
                        OpenFgaCode.DUPLICATE_TUPLES, "duplicate tuple in write: " + text(key), About.REQUEST);
            }
        }
        if (keys.size() > EmbeddedEngine.MAX_TUPLES_PER_WRITE) {
            throw new OpenFgaException(
                    OpenFgaCode.EXCEEDED_ENTITY_LIMIT,
                    "The number of write operations exceeds the allowed limit of "
                            + EmbeddedEngine.MAX_TUPLES_PER_WRITE,
                    About.REQUEST);
        }
    }

    private static String text(TupleKey key) {
        return "user: '" + key.user() + "', relation: '" + key.relation() + "', object: '" + key.object() + "'";
    }
}
