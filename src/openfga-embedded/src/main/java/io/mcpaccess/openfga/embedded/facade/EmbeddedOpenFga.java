package io.mcpaccess.openfga.embedded.facade;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckOutcome;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.evaluation.Found;
import io.mcpaccess.openfga.embedded.evaluation.UsersetTree;
import io.mcpaccess.openfga.embedded.explain.Explainer;
import io.mcpaccess.openfga.embedded.explain.Explanation;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.store.DurableStore;
import io.mcpaccess.openfga.embedded.store.StoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An OpenFGA store in this process: a model and tuples in one file, in the form of the OpenFGA command line
 * ({@code store.fga.yaml}). Every question is answered on the calling thread, by the latest model and by what is stored at that
 * moment; an edit of the file and another process's writes count within a second.
 *
 * <p>Safe for any thread. One process of a machine writes to a store; it takes the lock at its first write and keeps it until
 * {@link #close()}.
 */
public final class EmbeddedOpenFga implements AutoCloseable {

    /** How long a check or a batch of checks may take. */
    private static final Duration CHECK_LIMIT = Duration.ofMillis(500);

    /** How long a search may take (OpenFGA's own default deadline of lists). */
    private static final Duration SEARCH_LIMIT = Duration.ofSeconds(3);

    /** OpenFGA's default for the most results of a list. */
    private static final int MOST_RESULTS = 1_000;

    private final DurableStore store;
    private final Explainer explainer = new Explainer();

    private EmbeddedOpenFga(DurableStore store) {
        this.store = store;
    }

    /**
     * Opens a store. Nothing is written and no lock is taken.
     *
     * @param file the store file, ending in {@code .yaml}; it need not be there yet. What is written goes to a log beside it, never
     *     into the file itself
     * @return the store
     * @throws IOException when a file cannot be read or has a fault; the message says which and where
     */
    public static EmbeddedOpenFga open(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        StoreFiles files =
                new StoreFiles(absolute.getParent(), absolute.getFileName().toString());
        return new EmbeddedOpenFga(DurableStore.open(files, Clock.systemUTC(), new SecureRandom()));
    }

    /**
     * Whether a user has a relation to an object.
     *
     * @param user {@code type:id}, {@code type:*} or {@code type:id#relation}
     * @param relation the relation
     * @param object {@code type:id}
     * @return {@code true} only where the model and the tuples say so without doubt
     * @throws OpenFgaException where OpenFGA would answer an error, such as 2020 without any model
     */
    public boolean check(String user, String relation, String object) {
        CheckOutcome outcome = check(CheckRequest.of(user, relation, object));
        if (outcome instanceof CheckOutcome.Refused refused) {
            throw new OpenFgaException(refused.error());
        }
        return outcome.isAllowed();
    }

    /**
     * Whether a user has a relation to an object, with values for conditions and tuples of this question alone.
     *
     * @param request the question
     * @return the answer; an error of the question is an answer too
     * @throws OpenFgaException 2020 while there is no model
     */
    public CheckOutcome check(CheckRequest request) {
        return store.engine().view().check(request, CHECK_LIMIT);
    }

    /**
     * Answers several questions on one state of the store.
     *
     * @param requests the questions
     * @return one answer a question, in their order
     * @throws OpenFgaException 2020 while there is no model
     */
    public List<CheckOutcome> batchCheck(List<CheckRequest> requests) {
        return store.engine().view().checkAll(requests, CHECK_LIMIT);
    }

    /**
     * The objects of a type to which a user has a relation.
     *
     * @param user the user
     * @param relation the relation
     * @param type the type of the objects
     * @return at most a thousand objects, and whether there may be more
     * @throws OpenFgaException where OpenFGA would answer an error
     */
    public Found listObjects(String user, String relation, String type) {
        return store.engine().view().listObjects(user, relation, type, Map.of(), List.of(), MOST_RESULTS, SEARCH_LIMIT);
    }

    /**
     * The users who have a relation to an object.
     *
     * @param object the object
     * @param relation the relation
     * @param type the type of the users, or {@code type#relation} for usersets
     * @return at most a thousand users, {@code type:*} among them when everyone has it, and whether there may be more
     * @throws OpenFgaException where OpenFGA would answer an error
     */
    public Found listUsers(String object, String relation, String type) {
        return store.engine().view().listUsers(object, relation, type, Map.of(), List.of(), MOST_RESULTS, SEARCH_LIMIT);
    }

    /**
     * Takes a relation of an object apart, one level deep.
     *
     * @param object the object
     * @param relation the relation
     * @return the tree; conditions are not evaluated
     * @throws OpenFgaException where OpenFGA would answer an error
     */
    public UsersetTree expand(String object, String relation) {
        return store.engine().view().expand(object, relation, List.of());
    }

    /**
     * Writes and deletes tuples, all or none. They are on the disk when this returns.
     *
     * @param writes tuples that are not there yet
     * @param deletes keys of tuples that are there
     * @throws OpenFgaException where OpenFGA would refuse it; then nothing has changed
     */
    public void write(List<StoredTuple> writes, List<TupleKey> deletes) {
        store.engine().write(writes, deletes);
    }

    /**
     * Why a question is answered as it is: the path of an allow, what is missing for a deny.
     *
     * @param request the question
     * @return the explanation, after two seconds at the most
     * @throws OpenFgaException 2020 while there is no model
     */
    public Explanation explain(CheckRequest request) {
        return explainer.explain(store.engine().view(), request, Explainer.TIME_LIMIT);
    }

    /** Gives the lock back and ends the store's own thread. A second call does nothing. */
    @Override
    public void close() {
        store.close();
    }
}
