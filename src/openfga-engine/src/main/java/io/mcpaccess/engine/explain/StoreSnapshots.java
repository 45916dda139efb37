package io.mcpaccess.engine.explain;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendException.Problem;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.SnapshotSource;
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TableSize;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import io.mcpaccess.openfga.server.ServerBackend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Takes an engine's store as it is, to try changes out on: the view of an embedded one, or the copy of a server's. */
public final class StoreSnapshots {

    private static final int TUPLES_PER_READ = 100;

    /** A little less than anybody waits for it: what nobody waits for is not read on. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private StoreSnapshots() {}

    /**
     * Snapshots of a store in this process.
     *
     * @param embedded the store
     * @return their source
     */
    public static SnapshotSource of(EmbeddedBackend embedded) {
        // Through the store's own door first, which is shut while the store is somebody else's.
        return most -> embedded.currentModel().thenApply(model -> new EmbeddedSnapshot(embedded.view()));
    }

    /**
     * Snapshots of a store on a server, which is copied.
     *
     * @param server the store
     * @return their source
     */
    public static SnapshotSource of(ServerBackend server) {
        return of(server, System::nanoTime);
    }

    static SnapshotSource of(StoreAdministration store, LongSupplier nanoTime) {
        return most -> {
            long begin = nanoTime.getAsLong();
            BooleanSupplier isLate = () -> nanoTime.getAsLong() - begin > LONGEST.toNanos();
            return store.currentModel().thenCompose(model -> copy(store, model(model), most, isLate));
        };
    }

    private static CompletionStage<StoreSnapshot> copy(
            StoreAdministration store, AuthorizationModel model, int most, BooleanSupplier isLate) {
        TupleTable table = new TupleTable(new Symbols(), TableSize.of(most / 10));
        return read(store, PageQuery.first(TUPLES_PER_READ), table, 0, most, isLate)
                .thenApply(count -> {
                    table.commit();
                    table.trim();
                    return new EmbeddedSnapshot(new StoreView(
                            ModelPlan.compile(model, table.current().symbols()), table.current()));
                });
    }

    private static CompletionStage<Integer> read(
            StoreAdministration store,
            PageQuery query,
            TupleTable table,
            int before,
            int most,
            BooleanSupplier isLate) {
        return store.tuples(query).thenCompose(page -> {
            List<StoredTuple> tuples = page.items();
            int count = before + tuples.size();
            if (count > most) {
                return CompletableFuture.failedFuture(new BackendException(
                        Problem.UNSUPPORTED,
                        "The store has more than " + most + " tuples, and no more are read to try a change out"));
            }
            if (isLate.getAsBoolean()) {
                return CompletableFuture.failedFuture(new BackendException(
                        Problem.UNAVAILABLE,
                        "The store was not read in " + LONGEST.toSeconds() + " seconds; " + count
                                + " tuples had come"));
            }
            tuples.forEach(table::add);
            return page.next().isEmpty()
                    ? CompletableFuture.completedFuture(count)
                    : read(store, new PageQuery(TUPLES_PER_READ, page.next()), table, count, most, isLate);
        });
    }

    private static AuthorizationModel model(ModelDocument document) {
        try {
            return ModelReader.fromJson(document.json());
        } catch (InvalidModelException e) {
            throw new BackendException(Problem.UNSUPPORTED, "The model cannot be evaluated here: " + e.getMessage(), e);
        }
    }
}
