package io.mcpaccess.openfga;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A store as it was at one moment, in this process: any number of questions get their answers from the same model and tuples, and
 * a change can be tried out on it. Immutable and safe for any thread. Every method computes on the calling thread, none waits for
 * anything.
 */
public interface StoreSnapshot {

    /**
     * Gets checks ready that many users are asked about.
     *
     * @param checks relation and object of each, encoded; the user in it is left aside
     * @param context values for conditions; what is missing makes an answer conditional
     * @return the checks; for one thread
     */
    PreparedChecks prepare(List<TupleKey> checks, Map<String, Object> context);

    /** Checks that are ready to be asked about one user after the other. */
    @FunctionalInterface
    interface PreparedChecks {

        /**
         * Asks about a user.
         *
         * @param user the user, encoded, as {@code type:id}
         * @return the answers by the number of the check; those that are {@link Holding#NO} are left out, and so is what the
         *     model does not know
         */
        Map<Integer, Holding> ask(String user);
    }

    /**
     * Where answers can differ from those of the snapshot that this one was made of by {@link #edited}.
     *
     * @return objects, encoded; empty where any answer may differ, as the model does
     */
    Optional<Set<String>> touched();

    /**
     * Which objects of a type have exactly the same tuples, so that no question can tell them apart.
     *
     * @param type the type
     * @return the number of the group of each object that a tuple names, from 1, by {@code type:id}; typed wildcards are left out.
     *     What no tuple names is alike too
     */
    Map<String, Integer> groups(String type);

    /**
     * Why an answer is as it is.
     *
     * @param question the tuple that was asked about
     * @param context the values for conditions that it was asked with
     * @return the reason
     */
    Reason reason(TupleKey question, Map<String, Object> context);

    /**
     * The same store after a change.
     *
     * @param edit the change
     * @return another snapshot; this one stays as it is
     * @throws BackendException with {@link BackendException.Problem#INVALID_INPUT} where a store would refuse the change
     */
    StoreSnapshot edited(StoreEdit edit);

    /**
     * How many tuples it holds.
     *
     * @return the count
     */
    int size();

    /**
     * A reason.
     *
     * @param text in words, several lines: the path that grants it, or what is in the way
     * @param conditions the conditions of the tuples on that path, in words such as {@code amount <= 100}
     */
    record Reason(String text, List<String> conditions) {

        /** Neither part is null. */
        public Reason {
            Objects.requireNonNull(text, "text");
            conditions = List.copyOf(conditions);
        }
    }
}
