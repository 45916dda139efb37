package io.mcpaccess.openfga;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that cannot be had: its settings are wrong, or the engine was stopped. Everything is answered with the reason. */
public final class UnavailableBackend implements OpenFgaBackend {

    private final String reason;

    /**
     * A backend that has one answer.
     *
     * @param reason what is wrong, for the administrator; no secrets
     */
    public UnavailableBackend(String reason) {
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    @Override
    public CompletionStage<CheckResult> check(PermissionQuestion question, CallContext call) {
        return CompletableFuture.completedFuture(CheckResult.unavailable(reason));
    }

    @Override
    public CompletionStage<List<CheckResult>> checkAll(List<PermissionQuestion> questions, CallContext call) {
        CheckResult answer = CheckResult.unavailable(reason);
        return CompletableFuture.completedFuture(
                questions.stream().map(question -> answer).toList());
    }

    @Override
    public CompletionStage<FoundObjects> listObjects(ObjectsQuery query, CallContext call) {
        return fail();
    }

    @Override
    public CompletionStage<FoundUsers> listUsers(UsersQuery query, CallContext call) {
        return fail();
    }

    @Override
    public CompletionStage<StoreDescription> store() {
        return fail();
    }

    @Override
    public CompletionStage<Page<ModelDocument>> models(PageQuery page) {
        return fail();
    }

    @Override
    public CompletionStage<String> addModel(String modelJson) {
        return fail();
    }

    @Override
    public CompletionStage<Page<StoredTuple>> tuples(PageQuery page) {
        return fail();
    }

    @Override
    public CompletionStage<Void> addTuple(StoredTuple tuple) {
        return fail();
    }

    @Override
    public CompletionStage<Void> deleteTuple(TupleKey tuple) {
        return fail();
    }

    @Override
    public CompletionStage<BackendHealth> health() {
        return CompletableFuture.completedFuture(new BackendHealth(false, Optional.empty(), "none", reason));
    }

    @Override
    public void close() {
        // There is nothing to free.
    }

    private <T> CompletionStage<T> fail() {
        return CompletableFuture.failedFuture(new BackendException(BackendException.Problem.UNAVAILABLE, reason));
    }
}
