package io.mcpaccess.registry.map;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendException.Problem;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.FoundObjects;
import io.mcpaccess.openfga.FoundUsers;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.ObjectsQuery;
import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.PermissionChecks;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.PermissionSearches;
import io.mcpaccess.openfga.SnapshotSource;
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.StoreDescription;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.UsersQuery;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the registry knows of the engine that it belongs to.
 *
 * @param checks asks the store that decides
 * @param searches asks it for all users
 * @param administration reads what it holds
 * @param access how tools are named in permissions, and which layers are asked
 * @param mapping which relation stands for a tool call
 * @param explainer says why the store answers as it does
 * @param snapshots takes the store as it is, to try changes out on
 */
public record EngineView(
        PermissionChecks checks,
        PermissionSearches searches,
        StoreAdministration administration,
        AccessSettings access,
        CheckMapping mapping,
        Explainer explainer,
        SnapshotSource snapshots) {

    /** Says why a store answers as it does. */
    @FunctionalInterface
    public interface Explainer {

        /** The reason of a refusal that a condition of a permission is behind, such as a time that is over. */
        String CONDITION_FAILED = "condition_failed";

        /**
         * Explains an answer.
         *
         * @param question what was asked
         * @return JSON as maps and lists: {@code allowed}, {@code reason_code}, {@code text} and what the evaluator says besides;
         *     fails where the store cannot be explained
         */
        CompletionStage<Map<String, Object>> explain(PermissionQuestion question);
    }

    /** Nothing is null. */
    public EngineView {
        Objects.requireNonNull(checks, "checks");
        Objects.requireNonNull(searches, "searches");
        Objects.requireNonNull(administration, "administration");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(explainer, "explainer");
        Objects.requireNonNull(snapshots, "snapshots");
    }

    /**
     * The view of an engine that has no store.
     *
     * @param reason why, for an administrator; no secrets
     * @param access how tools would be named
     * @param mapping which relation would stand for a tool call
     * @return a view to which nothing is answered
     */
    public static EngineView withoutStore(String reason, AccessSettings access, CheckMapping mapping) {
        Unanswered nothing = new Unanswered(reason);
        return new EngineView(
                nothing, nothing, nothing, access, mapping, question -> nothing.fails(), most -> nothing.fails());
    }

    /**
     * Asks for all who hold a permission.
     *
     * @param question about one of them; its user does not count
     * @param type the type of those who are asked for
     * @return who they are; fails where the store does not answer
     */
    public CompletionStage<FoundUsers> holders(PermissionQuestion question, String type) {
        TupleKey tuple = question.tuple();
        return searches.listUsers(
                new UsersQuery(tuple.object(), tuple.relation(), type, Map.of(), List.of()), CallContext.none());
    }

    /** Nobody is there to answer. */
    private record Unanswered(String reason) implements PermissionChecks, PermissionSearches, StoreAdministration {

        @Override
        public CompletionStage<List<CheckResult>> checkAll(List<PermissionQuestion> questions, CallContext call) {
            return CompletableFuture.completedFuture(
                    Collections.nCopies(questions.size(), CheckResult.unavailable(reason)));
        }

        @Override
        public CompletionStage<FoundObjects> listObjects(ObjectsQuery query, CallContext call) {
            return fails();
        }

        @Override
        public CompletionStage<FoundUsers> listUsers(UsersQuery query, CallContext call) {
            return fails();
        }

        @Override
        public CompletionStage<StoreDescription> store() {
            return fails();
        }

        @Override
        public CompletionStage<Page<ModelDocument>> models(PageQuery page) {
            return fails();
        }

        @Override
        public CompletionStage<String> addModel(String modelJson) {
            return fails();
        }

        @Override
        public CompletionStage<Page<StoredTuple>> tuples(PageQuery page) {
            return fails();
        }

        @Override
        public CompletionStage<Void> addTuple(StoredTuple tuple) {
            return fails();
        }

        @Override
        public CompletionStage<Void> deleteTuple(TupleKey tuple) {
            return fails();
        }

        private <T> CompletionStage<T> fails() {
            return CompletableFuture.failedFuture(failure());
        }

        private BackendException failure() {
            return new BackendException(Problem.UNAVAILABLE, reason);
        }
    }
}
