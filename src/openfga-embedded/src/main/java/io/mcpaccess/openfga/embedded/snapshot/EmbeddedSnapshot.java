package io.mcpaccess.openfga.embedded.snapshot;

import io.mcpaccess.openfga.StoreEdit;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.explain.Explainer;
import io.mcpaccess.openfga.embedded.explain.Explanation;
import io.mcpaccess.openfga.embedded.explain.FailedCondition;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A view of an embedded store as a snapshot that can be changed on trial. */
public final class EmbeddedSnapshot implements StoreSnapshot {

    /** A check has half a second in an engine; what takes longer there is no yes. */
    private static final Duration LONGEST_CHECK = Duration.ofMillis(500);

    private final StoreView view;
    private final Optional<Set<String>> touched;
    private final Explainer explainer = new Explainer();

    /**
     * A snapshot.
     *
     * @param view model and tuples
     */
    public EmbeddedSnapshot(StoreView view) {
        this(view, Optional.empty());
    }

    private EmbeddedSnapshot(StoreView view, Optional<Set<String>> touched) {
        this.view = view;
        this.touched = touched;
    }

    @Override
    public PreparedChecks prepare(List<TupleKey> checks, Map<String, Object> context) {
        return new EmbeddedChecks(view, checks, context, LONGEST_CHECK);
    }

    @Override
    public Optional<Set<String>> touched() {
        return touched;
    }

    @Override
    public Map<String, Integer> groups(String type) {
        return Likeness.of(view.snapshot(), type);
    }

    @Override
    public Reason reason(TupleKey question, Map<String, Object> context) {
        Explanation explanation =
                explainer.explain(view, new CheckRequest(question, context, List.of()), Explainer.TIME_LIMIT);
        Stream<StoredTuple.Condition> conditions = explanation.answer() == Explanation.Answer.ALLOW
                ? explanation.path().stream()
                        .flatMap(step -> step.tuple().stream())
                        .map(StoredTuple::condition)
                        .flatMap(Optional::stream)
                : explanation.conditions().stream()
                        .map(FailedCondition::tuple)
                        .map(StoredTuple::condition)
                        .flatMap(Optional::stream);
        return new Reason(
                explanation.toText(),
                conditions
                        .map(condition -> ConditionWords.of(view.plan(), condition))
                        .distinct()
                        .sorted()
                        .toList());
    }

    @Override
    public EmbeddedSnapshot edited(StoreEdit edit) {
        if (edit.isNone()) {
            return this;
        }
        SnapshotEdit made = SnapshotEdit.of(view, edit);
        return new EmbeddedSnapshot(made.after(), made.touched());
    }

    @Override
    public int size() {
        return view.snapshot().size();
    }

    /**
     * Its model.
     *
     * @return OpenFGA's JSON of it
     */
    public String model() {
        return ModelReader.toJson(view.plan().model());
    }

    /**
     * Its tuples, for who wants to have them somewhere else.
     *
     * @return all of them, in the order of the store
     */
    public List<StoredTuple> tuples() {
        List<StoredTuple> tuples = new ArrayList<>(size());
        TupleSnapshot snapshot = view.snapshot();
        for (int row = snapshot.nextRow(0); row != 0; row = snapshot.nextRow(row)) {
            tuples.add(snapshot.tuple(row));
        }
        return tuples;
    }
}
