package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.evaluation.ModelRemark;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError.About;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TableSize;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One OpenFGA store in memory.
 *
 * <p>Thread-safe. Writers take turns; readers take a {@link StoreView}, which stays as it is, and never wait.
 */
public final class EmbeddedEngine {

    /** The most tuples one write may change (OpenFGA API). */
    public static final int MAX_TUPLES_PER_WRITE = 100;

    private final Object writing = new Object();
    private final ChangeLog log;
    private final Ulids ulids;
    private volatile State state;
    private TupleTable table;

    private record State(
            String name,
            Symbols symbols,
            Map<String, ModelPlan> models,
            String latest,
            TupleSnapshot tuples,
            StoreView view) {}

    /**
     * A store.
     *
     * @param content what it holds at first
     * @param log where changes are kept
     * @param ulids where model ids come from
     */
    public EmbeddedEngine(StoreContent content, ChangeLog log, Ulids ulids) {
        this.log = log;
        this.ulids = ulids;
        replace(content);
    }

    /**
     * Replaces all that the store holds, such as after its file was edited. Decisions in progress stay with the old
     * content.
     *
     * @param content the new content; its tuples are not checked against the models, and those that the model of a
     *     question does not allow do not count
     */
    public void replace(StoreContent content) {
        TupleTable filled =
                new TupleTable(new Symbols(), TableSize.of(content.tuples().size()));
        content.tuples().forEach(filled::add);
        filled.commit();
        filled.trim();
        replace(content.name(), content.models(), filled);
    }

    /**
     * Replaces all that the store holds, for a caller who has the tuples in a table already.
     *
     * @param name the store's name
     * @param contentModels the oldest first
     * @param filled the tuples, committed; the caller does not touch the table again
     */
    public void replace(String name, List<StoreContent.Model> contentModels, TupleTable filled) {
        Symbols symbols = filled.current().symbols();
        Map<String, ModelPlan> models = new LinkedHashMap<>();
        String latest = null;
        for (StoreContent.Model model : contentModels) {
            models.put(model.id(), ModelPlan.compile(model.model(), symbols));
            latest = model.id();
        }
        synchronized (writing) {
            table = filled;
            state = state(name, symbols, models, latest, filled);
        }
    }

    private static State state(
            String name, Symbols symbols, Map<String, ModelPlan> models, String latest, TupleTable table) {
        StoreView view = latest == null ? null : new StoreView(models.get(latest), table.current());
        return new State(name, symbols, models, latest, table.current(), view);
    }

    /**
     * The store's name.
     *
     * @return as its content says
     */
    public String name() {
        return state.name();
    }

    /**
     * The present state with the latest model.
     *
     * @return a view to ask questions of
     * @throws OpenFgaException 2020 when there is no model yet
     */
    public StoreView view() {
        StoreView view = state.view();
        if (view == null) {
            throw new OpenFgaException(
                    OpenFgaCode.LATEST_MODEL_NOT_FOUND, "No authorization models found", About.STORE);
        }
        return view;
    }

    /**
     * The present state with a model of choice.
     *
     * @param modelId the model's id
     * @return a view to ask questions of
     * @throws OpenFgaException 2001 when there is no such model
     */
    public StoreView view(String modelId) {
        State now = state;
        ModelPlan plan = now.models().get(modelId);
        if (plan == null) {
            throw new OpenFgaException(
                    OpenFgaCode.AUTHORIZATION_MODEL_NOT_FOUND,
                    "Authorization Model '" + modelId + "' not found",
                    About.STORE);
        }
        return new StoreView(plan, now.tuples());
    }

    /**
     * The present tuples, whether there is a model or not.
     *
     * @return the snapshot
     */
    public TupleSnapshot tuples() {
        return state.tuples();
    }

    /**
     * Does something while nobody writes. Who keeps changes or replays them guards what it has with this.
     *
     * @param task what to do; it may replay and replace
     */
    public void withoutWrites(Runnable task) {
        synchronized (writing) {
            task.run();
        }
    }

    /**
     * The id of the latest model.
     *
     * @return empty when there is none
     */
    public Optional<String> latestModel() {
        return Optional.ofNullable(state.latest());
    }

    /**
     * All models.
     *
     * @return by id, the oldest first
     */
    public Map<String, AuthorizationModel> models() {
        Map<String, AuthorizationModel> models = new LinkedHashMap<>();
        state.models().forEach((id, plan) -> models.put(id, plan.model()));
        return models;
    }

    /**
     * What OpenFGA's newer way to decide has no place for in the latest model.
     *
     * @return the same list until there is another model; empty for most models, and without one
     */
    public List<ModelRemark> remarks() {
        State now = state;
        return now.latest() == null ? List.of() : now.models().get(now.latest()).remarks();
    }

    /**
     * Adds a model, which becomes the latest (OpenFGA, WriteAuthorizationModel).
     *
     * @param json the model in OpenFGA's JSON
     * @return its id
     * @throws OpenFgaException 2056 when it is no valid model
     */
    public String addModel(String json) {
        AuthorizationModel model;
        try {
            model = ModelReader.fromJson(json);
        } catch (InvalidModelException e) {
            throw new OpenFgaException(OpenFgaCode.INVALID_MODEL, e.getMessage(), About.REQUEST);
        }
        synchronized (writing) {
            log.prepare();
            String id = ulids.next();
            log.keep(new Change.Model(id, ModelReader.toJson(model)));
            makeKept(() -> addModel(id, model));
            return id;
        }
    }

    private void addModel(String id, AuthorizationModel model) {
        State old = state;
        Map<String, ModelPlan> models = new LinkedHashMap<>(old.models());
        models.put(id, ModelPlan.compile(model, old.symbols()));
        state = state(old.name(), old.symbols(), models, id, table);
    }

    /**
     * Writes and deletes tuples, all or none (OpenFGA, Write). Writes are checked against the latest model.
     *
     * @param writes tuples that are not there
     * @param deletes keys of tuples that are there
     * @throws OpenFgaException with OpenFGA's code when anything is not as it should be; then nothing has changed
     */
    public void write(List<StoredTuple> writes, List<TupleKey> deletes) {
        synchronized (writing) {
            log.prepare();
            new WriteRequest(writes, deletes).check(this::view, table);
            Change.Tuples change = new Change.Tuples(writes, deletes);
            log.keep(change);
            makeKept(() -> apply(change));
        }
    }

    /** What is kept counts, also when there was no memory to make it here. */
    private void makeKept(Runnable change) {
        try {
            change.run();
        } catch (Throwable e) {
            log.lost();
            throw e;
        }
    }

    /**
     * Makes changes that were kept earlier or elsewhere, without checking and without keeping them again. Readers see
     * all of them or none. What is to be deleted and is not there, or is to be written and is there, is as wanted; a
     * tuple takes the place of one with the same key.
     *
     * @param changes the changes, as the log was given them
     * @throws InvalidModelException when a model cannot be read; then nothing has changed
     */
    public void replay(List<Change> changes) {
        synchronized (writing) {
            State old = state;
            Map<String, ModelPlan> models = new LinkedHashMap<>(old.models());
            String latest = old.latest();
            for (Change change : changes) {
                if (change instanceof Change.Model model) {
                    models.remove(model.id());
                    models.put(model.id(), ModelPlan.compile(ModelReader.fromJson(model.json()), old.symbols()));
                    latest = model.id();
                }
            }
            for (Change change : changes) {
                if (change instanceof Change.Tuples tuples) {
                    tuples.deletes().forEach(table::delete);
                    tuples.writes().forEach(tuple -> table.delete(tuple.key()));
                    tuples.writes().forEach(table::add);
                }
            }
            publish(models, latest);
        }
    }

    private void apply(Change.Tuples change) {
        change.deletes().forEach(table::delete);
        change.writes().forEach(table::add);
        State old = state;
        publish(old.models(), old.latest());
    }

    private void publish(Map<String, ModelPlan> models, String latest) {
        table.commit();
        if (table.isSparse()) {
            table = TupleTable.compacted(table.current());
        }
        State old = state;
        state = state(old.name(), old.symbols(), models, latest, table);
    }
}
