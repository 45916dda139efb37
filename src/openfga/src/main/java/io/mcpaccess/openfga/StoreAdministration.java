package io.mcpaccess.openfga;

import java.util.concurrent.CompletionStage;

/** Reads and changes what a store holds. No method blocks; stages fail with a {@link BackendException} alone. */
public interface StoreAdministration {

    /**
     * Describes the store.
     *
     * @return its id and name
     */
    CompletionStage<StoreDescription> store();

    /**
     * Lists authorization models, the newest first.
     *
     * @param page which page
     * @return a page of models; empty when the store has none
     */
    CompletionStage<Page<ModelDocument>> models(PageQuery page);

    /**
     * The authorization model that decides now: the pinned one, or the latest.
     *
     * @return the model; fails with {@link BackendException.Problem#NOT_FOUND} when the store has none, or not the
     *     pinned one
     */
    default CompletionStage<ModelDocument> currentModel() {
        return models(PageQuery.first(1)).thenApply(page -> {
            if (page.items().isEmpty()) {
                throw new BackendException(
                        BackendException.Problem.NOT_FOUND, "The store has no authorization model yet");
            }
            return page.items().get(0);
        });
    }

    /**
     * Adds an authorization model. It becomes the latest; a pinned model id of the configuration stays what it is.
     *
     * @param modelJson the model as JSON in OpenFGA's form (snake_case); an id in it is ignored
     * @return the id that the store gave it; fails with {@link BackendException.Problem#INVALID_INPUT} when it is no
     *     valid model, and then nothing has changed
     */
    CompletionStage<String> addModel(String modelJson);

    /**
     * Lists the store's tuples in the store's own order.
     *
     * @param page which page
     * @return a page of tuples
     */
    CompletionStage<Page<StoredTuple>> tuples(PageQuery page);

    /**
     * Writes a tuple.
     *
     * @param tuple the tuple, with its condition if it has one
     * @return completes when the tuple is written; fails with {@link BackendException.Problem#INVALID_INPUT} when the
     *     model does not allow it or it is there already
     */
    CompletionStage<Void> addTuple(StoredTuple tuple);

    /**
     * Deletes a tuple.
     *
     * @param tuple its key
     * @return completes when the tuple is gone; fails with {@link BackendException.Problem#INVALID_INPUT} when there is
     *     none
     */
    CompletionStage<Void> deleteTuple(TupleKey tuple);
}
