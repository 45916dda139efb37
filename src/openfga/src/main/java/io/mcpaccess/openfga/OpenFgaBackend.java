package io.mcpaccess.openfga;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One OpenFGA store, asked about permissions and administered.
 *
 * <p>Every method returns at once and never blocks the calling thread, which may be an event loop. Every stage
 * completes exactly once and within a deadline of the implementation's own. Stages complete on a thread of the
 * implementation: a caller that must answer on an event loop moves back there itself.
 *
 * <p>{@link #check} and {@link #checkAll} never complete exceptionally: what went wrong is a {@link CheckResult}. All
 * other stages fail with a {@link BackendException}, and with nothing else.
 *
 * <p>Implementations are safe for use by many threads. After {@link #close} every method answers as unavailable; a
 * question in flight while the backend is closed still gets an answer.
 */
public interface OpenFgaBackend extends AutoCloseable {

    /**
     * Asks whether a user has a relation to an object.
     *
     * @param question what is asked; identifiers are already encoded
     * @param call what travels with the call, such as its trace
     * @return the answer; an allow only when the store said so without doubt
     */
    CompletionStage<CheckResult> check(PermissionQuestion question, CallContext call);

    /**
     * Asks several questions of one authorization model and, as far as the store can, of one revision of its tuples.
     *
     * @param questions any number of questions, none of them null; the implementation splits them as it needs
     * @param call what travels with the call
     * @return as many answers as questions, in their order; one that could not be answered is {@code Unavailable} and
     *     does not spoil the others
     */
    CompletionStage<List<CheckResult>> checkAll(List<PermissionQuestion> questions, CallContext call);

    /**
     * Finds the objects of a type to which a user has a relation (OpenFGA's ListObjects).
     *
     * @param query user, relation and type
     * @param call what travels with the call
     * @return the objects found, and whether there may be more; nothing is found when the model has no such type or
     *     relation, as then nothing would be allowed
     */
    CompletionStage<FoundObjects> listObjects(ObjectsQuery query, CallContext call);

    /**
     * Finds the users of a type who have a relation to an object (OpenFGA's ListUsers).
     *
     * @param query object, relation and the type of users
     * @param call what travels with the call
     * @return the users found, whether everyone of the type is among them, and whether there may be more; nobody is
     *     found when the model has no such type or relation
     */
    CompletionStage<FoundUsers> listUsers(UsersQuery query, CallContext call);

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

    /**
     * Looks whether the store can answer now.
     *
     * @return never fails: what is wrong stands in the report
     */
    CompletionStage<BackendHealth> health();

    /**
     * What an administrator should know though everything works, such as an OpenFGA with known holes.
     *
     * @return sentences; never fails, mostly empty
     */
    default CompletionStage<List<String>> warnings() {
        return CompletableFuture.completedFuture(List.of());
    }

    /**
     * What the decision cache has done, if there is one.
     *
     * @return {@code entries}, {@code hits} and {@code misses}; empty without a cache
     */
    default Map<String, Long> cacheFigures() {
        return Map.of();
    }

    /**
     * Does ahead what the first question would otherwise pay for, such as a connection, a token and the model look-up.
     * Returns at once.
     *
     * @return completes when it is done or has failed; never fails
     */
    default CompletionStage<Void> warmUp() {
        return CompletableFuture.completedFuture(null);
    }

    /** Frees every connection, thread, timer and lock. Returns without waiting; a second call does nothing. */
    @Override
    void close();
}
