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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes an engine's store as it is, to try changes out on: the view of an embedded one, or the copy of a server's. */
public final class StoreSnapshots {

    private static final int TUPLES_PER_READ = 100;

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
        return most -> server.currentModel().thenCompose(model -> copy(server, model(model), most));
    }

    private static CompletionStage<StoreSnapshot> copy(StoreAdministration store, AuthorizationModel model, int most) {
        TupleTable table = new TupleTable(new Symbols(), TableSize.of(most / 10));
        return read(store, PageQuery.first(TUPLES_PER_READ), table, 0, most).thenApply(count -> {
            table.commit();
            table.trim();
            return new EmbeddedSnapshot(
                    new StoreView(ModelPlan.compile(model, table.current().symbols()), table.current()));
        });
    }

    private static CompletionStage<Integer> read(
            StoreAdministration store, PageQuery query, TupleTable table, int before, int most) {
        return store.tuples(query).thenCompose(page -> {
            List<StoredTuple> tuples = page.items();
            int count = before + tuples.size();
            if (count > most) {
                return CompletableFuture.failedFuture(new BackendException(
                        Problem.UNSUPPORTED,
                        "The store has more than " + most + " tuples, and no more are read to try a change out"));
            }
            tuples.forEach(table::add);
            return page.next().isEmpty()
                    ? CompletableFuture.completedFuture(count)
                    : read(store, new PageQuery(TUPLES_PER_READ, page.next()), table, count, most);
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
