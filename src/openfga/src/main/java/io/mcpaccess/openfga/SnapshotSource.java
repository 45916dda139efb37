package io.mcpaccess.openfga;

import java.util.concurrent.CompletionStage;

/** Where a {@link StoreSnapshot} comes from. */
@FunctionalInterface
public interface SnapshotSource {

    /** The most tuples that are read of a server for a snapshot, unless somebody says otherwise. */
    int MOST_TUPLES = 200_000;

    /**
     * Takes a snapshot with the model that decides now.
     *
     * @param mostTuples how many tuples may be read of a server at the most; a store in this process is not copied and has no bound
     * @return the snapshot; never blocks. Fails with a {@link BackendException} alone: {@link BackendException.Problem#UNSUPPORTED}
     *     where the store has more tuples, or a model that cannot be evaluated here
     */
    CompletionStage<StoreSnapshot> take(int mostTuples);
}
