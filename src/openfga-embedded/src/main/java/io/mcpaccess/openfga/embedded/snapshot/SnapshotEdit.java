package io.mcpaccess.openfga.embedded.snapshot;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendException.Problem;
import io.mcpaccess.openfga.StoreEdit;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.evaluation.RequestRules;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TableSize;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import io.mcpaccess.openfga.embedded.tuples.UserText;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a change on a copy. The copy has names of its own, so that nothing which is tried out stays in the store's memory. Writing
 * what is there and deleting what is not are no faults: the change then is that nothing changes.
 *
 * @param after the copy with the change
 * @param touched the objects about which answers can differ; empty where the model is another, so any can
 */
record SnapshotEdit(StoreView after, Optional<Set<String>> touched) {

    static SnapshotEdit of(StoreView view, StoreEdit edit) {
        AuthorizationModel model =
                edit.model().map(SnapshotEdit::model).orElse(view.plan().model());
        Set<TupleKey> gone = new HashSet<>(edit.deletes());
        edit.writes().forEach(tuple -> gone.add(tuple.key()));
        TupleTable table = edit.tuples()
                .map(all -> table(all, tuple -> gone.contains(tuple.key())))
                .orElseGet(() -> copy(view.snapshot(), gone));
        edit.writes().forEach(table::add);
        table.commit();
        StoreView after = new StoreView(ModelPlan.compile(model, table.current().symbols()), table.current());
        check(after.plan(), edit);
        boolean isSameModel = edit.model().isEmpty()
                || ModelReader.toJson(model)
                        .equals(ModelReader.toJson(view.plan().model()));
        if (!isSameModel) {
            return new SnapshotEdit(after, Optional.empty());
        }
        edit.tuples().ifPresent(all -> gone.addAll(difference(view.snapshot(), after.snapshot())));
        return new SnapshotEdit(after, Optional.of(touched(view.snapshot(), after.snapshot(), gone)));
    }

    /** The objects of the tuples that come and go, and all that hangs on them before or after. */
    private static Set<String> touched(TupleSnapshot before, TupleSnapshot after, Set<TupleKey> changed) {
        Set<String> touched = new HashSet<>();
        for (TupleSnapshot side : List.of(before, after)) {
            BitSet objects = new BitSet();
            for (TupleKey key : changed) {
                UserText object = UserText.of(key.object());
                objects.set(side.object(side.symbols().find(object.type()), object.id()));
            }
            objects.clear(0);
            new Reach(side).around(objects).stream().mapToObj(side::text).forEach(touched::add);
        }
        return touched;
    }

    private static Set<TupleKey> difference(TupleSnapshot before, TupleSnapshot after) {
        Set<StoredTuple> was = all(before);
        Set<StoredTuple> is = all(after);
        return Stream.concat(
                        was.stream().filter(tuple -> !is.contains(tuple)),
                        is.stream().filter(tuple -> !was.contains(tuple)))
                .map(StoredTuple::key)
                .collect(Collectors.toSet());
    }

    private static Set<StoredTuple> all(TupleSnapshot snapshot) {
        Set<StoredTuple> tuples = new HashSet<>();
        for (int row = snapshot.nextRow(0); row != 0; row = snapshot.nextRow(row)) {
            tuples.add(snapshot.tuple(row));
        }
        return tuples;
    }

    private static AuthorizationModel model(String text) {
        try {
            return text.stripLeading().startsWith("{") ? ModelReader.fromJson(text) : ModelReader.fromDsl(text);
        } catch (InvalidModelException e) {
            throw new BackendException(Problem.INVALID_INPUT, "The model cannot be used: " + e.getMessage(), e);
        }
    }

    private static TupleTable table(List<StoredTuple> tuples, Predicate<StoredTuple> leftOut) {
        TupleTable table = new TupleTable(new Symbols(), TableSize.of(tuples.size()));
        tuples.stream().filter(leftOut.negate()).forEach(table::add);
        return table;
    }

    private static TupleTable copy(TupleSnapshot from, Set<TupleKey> gone) {
        TupleTable table = new TupleTable(new Symbols(), TableSize.of(from.size()));
        for (int row = from.nextRow(0); row != 0; row = from.nextRow(row)) {
            StoredTuple tuple = from.tuple(row);
            if (!gone.contains(tuple.key())) {
                table.add(tuple);
            }
        }
        return table;
    }

    private static void check(ModelPlan plan, StoreEdit edit) {
        RequestRules rules = new RequestRules(plan);
        edit.tuples().ifPresent(tuples -> check(rules, tuples));
        check(rules, edit.writes());
    }

    private static void check(RequestRules rules, List<StoredTuple> tuples) {
        Set<TupleKey> seen = new HashSet<>();
        for (StoredTuple tuple : tuples) {
            String text = tuple.key().user() + " " + tuple.key().relation() + " "
                    + tuple.key().object();
            if (!seen.add(tuple.key())) {
                throw new BackendException(Problem.INVALID_INPUT, "The tuple " + text + " stands there twice.");
            }
            try {
                rules.checkWrite(tuple);
            } catch (OpenFgaException e) {
                throw new BackendException(
                        Problem.INVALID_INPUT,
                        "The tuple " + text + " cannot be written: " + e.error().message(),
                        e);
            }
        }
    }
}
