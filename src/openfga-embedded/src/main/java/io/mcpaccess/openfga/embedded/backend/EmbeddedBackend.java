package io.mcpaccess.openfga.embedded.backend;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendHealth;
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
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.StoreDescription;
import io.mcpaccess.openfga.StoreHealth;
import io.mcpaccess.openfga.StoreLife;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.UsersQuery;
import io.mcpaccess.openfga.embedded.CheckOutcome;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.explain.Explainer;
import io.mcpaccess.openfga.embedded.explain.Explanation;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The embedded engine as the rest of the plugin asks it.
 *
 * <p>Checks are answered on the caller's thread as long as that takes no more than a millisecond, some hundred times
 * what a check needs; what takes longer, or may, moves to threads of this object's own, and all searches and writes to
 * others, so that no search keeps a check waiting. Every answer comes by its deadline, which counts from the call: 500 ms
 * for checks, 2 seconds for explanations, 3 seconds for searches. Closing the backend does not close the engine, but
 * tells its {@link StoreLifeCycle}.
 */
public final class EmbeddedBackend
        implements PermissionChecks, PermissionSearches, StoreAdministration, StoreHealth, StoreLife {

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration CHECK_LIMIT = Duration.ofMillis(500);
    private static final Duration SEARCH_LIMIT = Duration.ofSeconds(3);

    /** A write waits for its turn, for the lock and for the disk. */
    private static final Duration CONSOLE_LIMIT = Duration.ofSeconds(12);

    private final EmbeddedEngine engine;
    private final String storeId;
    private final Optional<String> pinnedModel;
    private final StoreLifeCycle life;
    private final BackendWorkers deciders = new BackendWorkers("openfga-embedded-check");
    private final BackendWorkers workers = new BackendWorkers("openfga-embedded");
    private final Explainer explainer = new Explainer();

    /**
     * A backend of a store in memory.
     *
     * @param engine the store
     * @param storeId the store's id, mostly the name of its file
     * @param pinnedModel the model that decides; empty for the latest
     */
    public EmbeddedBackend(EmbeddedEngine engine, String storeId, Optional<String> pinnedModel) {
        this(engine, storeId, pinnedModel, StoreLifeCycle.inMemory());
    }

    /**
     * A backend.
     *
     * @param engine the store
     * @param storeId the store's id, mostly the name of its file
     * @param pinnedModel the model that decides; empty for the latest
     * @param life asked by {@link #health} and told by {@link #close}
     */
    public EmbeddedBackend(EmbeddedEngine engine, String storeId, Optional<String> pinnedModel, StoreLifeCycle life) {
        this.engine = engine;
        this.storeId = storeId;
        this.pinnedModel = pinnedModel;
        this.life = life;
    }

    /**
     * The state of the store with the model that decides now.
     *
     * @return one revision, for questions that belong together
     * @throws OpenFgaException when there is no such model
     */
    public StoreView view() {
        return pinnedModel.map(engine::view).orElseGet(engine::view);
    }

    @Override
    public CompletionStage<List<CheckResult>> checkAll(List<PermissionQuestion> questions, CallContext call) {
        return outcomes(questions)
                .thenApply(outcomes ->
                        outcomes.stream().map(BackendAnswers::result).toList())
                .exceptionally(thrown -> Collections.nCopies(
                        questions.size(),
                        CheckResult.unavailable(BackendAnswers.exception(thrown).getMessage())));
    }

    private CompletableFuture<List<CheckOutcome>> outcomes(List<PermissionQuestion> questions) {
        if (workers.isClosed()) {
            return CompletableFuture.failedFuture(closed());
        }
        Optional<String> refusal = life.refusal();
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(unavailable(refusal.get()));
        }
        try {
            List<CheckRequest> requests =
                    questions.stream().map(EmbeddedBackend::request).toList();
            StoreView view = view();
            return view.checkAllAtOnce(requests, AT_ONCE)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> deciders.run(CHECK_LIMIT, left -> view.checkAll(requests, left)));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Why a question is answered as it is.
     *
     * @param question what is asked; identifiers are already encoded
     * @return the explanation; fails with {@link BackendException} when there is no model or no thread is free
     */
    public CompletionStage<Explanation> explain(PermissionQuestion question) {
        CheckRequest request = request(question);
        return run(Explainer.TIME_LIMIT, left -> explainer.explain(view(), request, left));
    }

    private static CheckRequest request(PermissionQuestion question) {
        return new CheckRequest(question.tuple(), question.context(), question.contextualTuples());
    }

    @Override
    public CompletionStage<FoundObjects> listObjects(ObjectsQuery query, CallContext call) {
        return run(SEARCH_LIMIT, left -> BackendSearches.objects(view(), query, left));
    }

    @Override
    public CompletionStage<FoundUsers> listUsers(UsersQuery query, CallContext call) {
        return run(SEARCH_LIMIT, left -> BackendSearches.users(view(), query, left));
    }

    @Override
    public CompletionStage<StoreDescription> store() {
        return run(() -> new StoreDescription(storeId, engine.name()));
    }

    @Override
    public CompletionStage<Page<ModelDocument>> models(PageQuery page) {
        return run(() -> ModelPages.page(engine.models(), page));
    }

    @Override
    public CompletionStage<ModelDocument> currentModel() {
        return run(() -> {
            String id = pinnedModel.or(engine::latestModel).orElse("");
            return ModelPages.document(id, engine.view(id).plan().model());
        });
    }

    @Override
    public CompletionStage<String> addModel(String modelJson) {
        return run(() -> engine.addModel(modelJson));
    }

    @Override
    public CompletionStage<Page<StoredTuple>> tuples(PageQuery page) {
        return run(() -> TuplePages.page(engine.tuples(), page));
    }

    @Override
    public CompletionStage<Void> addTuple(StoredTuple tuple) {
        return run(() -> {
            engine.write(List.of(tuple), List.of());
            return null;
        });
    }

    @Override
    public CompletionStage<Void> deleteTuple(TupleKey tuple) {
        return run(() -> {
            engine.write(List.of(), List.of(tuple));
            return null;
        });
    }

    @Override
    public CompletionStage<BackendHealth> health() {
        if (workers.isClosed()) {
            return CompletableFuture.completedFuture(health(false, closed().getMessage()));
        }
        Optional<String> refusal = life.refusal();
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(health(false, refusal.get()));
        }
        String problem = "";
        try {
            view();
        } catch (OpenFgaException e) {
            problem = e.error().message();
        }
        return CompletableFuture.completedFuture(health(true, life.problem().orElse(problem)));
    }

    private BackendHealth health(boolean reachable, String problem) {
        return new BackendHealth(reachable, pinnedModel.or(engine::latestModel), "none", problem, life.followedAt());
    }

    @Override
    public boolean isFollowing() {
        return true;
    }

    @Override
    public boolean isAwaitingItsDomain() {
        return life.isAwaitingItsDomain();
    }

    @Override
    public Optional<Instant> followedAt() {
        return life.followedAt();
    }

    private <T> CompletionStage<T> run(Callable<T> task) {
        return run(CONSOLE_LIMIT, left -> task.call());
    }

    private <T> CompletionStage<T> run(Duration limit, BackendWorkers.Task<T> task) {
        Optional<String> refusal = life.refusal();
        if (refusal.isPresent() && !workers.isClosed()) {
            return CompletableFuture.failedFuture(unavailable(refusal.get()));
        }
        return workers.run(limit, task)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(BackendAnswers.exception(thrown)));
    }

    private static BackendException unavailable(String why) {
        return new BackendException(BackendException.Problem.UNAVAILABLE, why);
    }

    private static BackendException closed() {
        return new BackendException(BackendException.Problem.UNAVAILABLE, "The embedded store is stopped");
    }

    @Override
    public void close() {
        deciders.close();
        workers.close();
        life.close();
    }
}
