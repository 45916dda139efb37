package io.mcpaccess.openfga.server;

import dev.openfga.sdk.api.model.ReadRequestTupleKey;
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
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** A store in an OpenFGA server. Connects when first asked, never before. */
public final class ServerBackend
        implements PermissionChecks, PermissionSearches, StoreAdministration, StoreHealth, StoreLife {

    private final Connection connection;
    private final ServerDecisions decisions;
    private final Optional<DecisionCache> cache;
    private final Optional<CachedDecisions> cachedDecisions;
    private final Searches searches;
    private final StoreCalls storeCalls;
    private final WarmUp warmUp;

    /**
     * Makes the backend without touching the network.
     *
     * @param settings which server, and how
     * @param vertx the host's, which requests then go over; nothing where the host has none, and Java's own client is used
     * @param clock the time, for dates that the server names
     * @param nanoTime a clock that never goes back, in nanoseconds ({@link System#nanoTime})
     * @param random numbers from 0 to 1, to spread retries
     * @param observer told of retries and of the circuit breaker
     * @throws IllegalArgumentException when the settings cannot be used; the message says which and holds no secret
     */
    public ServerBackend(
            ServerSettings settings,
            Optional<Vertx> vertx,
            InstantSource clock,
            LongSupplier nanoTime,
            DoubleSupplier random,
            ServerObserver observer) {
        this.connection = new Connection(settings, vertx, clock, nanoTime, random, observer);
        this.decisions = new ServerDecisions(connection);
        this.cache = settings.cache().map(each -> new DecisionCache(each, nanoTime));
        this.cachedDecisions = cache.map(each -> new CachedDecisions(connection, decisions, each, observer));
        this.searches = new Searches(connection);
        this.storeCalls = new StoreCalls(connection);
        this.warmUp = new WarmUp(connection);
    }

    @Override
    public CompletionStage<CheckResult> check(PermissionQuestion question, CallContext call) {
        return cachedDecisions.isPresent()
                ? cachedDecisions.get().check(question, call)
                : decisions.check(question, call);
    }

    @Override
    public CompletionStage<List<CheckResult>> checkAll(List<PermissionQuestion> questions, CallContext call) {
        return cachedDecisions.isPresent()
                ? cachedDecisions.get().checkAll(questions, call)
                : decisions.checkAll(questions, call);
    }

    @Override
    public CompletionStage<FoundObjects> listObjects(ObjectsQuery query, CallContext call) {
        return explained(searches.objects(query, call));
    }

    @Override
    public CompletionStage<FoundUsers> listUsers(UsersQuery query, CallContext call) {
        return explained(searches.users(query, call));
    }

    @Override
    public CompletionStage<StoreDescription> store() {
        return explained(storeCalls.store());
    }

    @Override
    public CompletionStage<Page<ModelDocument>> models(PageQuery page) {
        return explained(storeCalls.models(page));
    }

    @Override
    public CompletionStage<ModelDocument> currentModel() {
        return explained(storeCalls.currentModel());
    }

    @Override
    public CompletionStage<String> addModel(String modelJson) {
        return explained(afterwardsPurged(storeCalls.addModel(modelJson)));
    }

    @Override
    public CompletionStage<Page<StoredTuple>> tuples(PageQuery page) {
        return explained(storeCalls.tuples(null, page));
    }

    /**
     * Lists the tuples of one object.
     *
     * @param object the object, as {@code type:id}
     * @param page which page
     * @return a page of tuples; fails with a {@link io.mcpaccess.openfga.BackendException}
     */
    public CompletionStage<Page<StoredTuple>> tuplesOf(String object, PageQuery page) {
        return explained(storeCalls.tuples(new ReadRequestTupleKey()._object(object), page));
    }

    @Override
    public CompletionStage<Void> addTuple(StoredTuple tuple) {
        return explained(afterwardsPurged(storeCalls.addTuple(tuple)));
    }

    @Override
    public CompletionStage<Void> deleteTuple(TupleKey tuple) {
        return explained(afterwardsPurged(storeCalls.deleteTuple(tuple)));
    }

    @Override
    public CompletionStage<List<String>> warnings() {
        return new ServerAge(connection).warnings();
    }

    @Override
    public CompletionStage<BackendHealth> health() {
        return explained(storeCalls
                        .store()
                        .thenCompose(store -> connection.model().id()))
                .handle((modelId, thrown) -> new BackendHealth(
                        thrown == null,
                        Optional.ofNullable(modelId),
                        connection.breakerState(),
                        thrown == null ? "" : messageOf(thrown)));
    }

    @Override
    public Map<String, Long> cacheFigures() {
        return cache.map(DecisionCache::figures).orElse(Map.of());
    }

    @Override
    public CompletionStage<Void> warmUp() {
        return warmUp.run();
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Also after a failure: a write that was not answered may still have been done. */
    private <T> CompletableFuture<T> afterwardsPurged(CompletableFuture<T> write) {
        return write.whenComplete((done, thrown) -> cache.ifPresent(DecisionCache::purge));
    }

    private static String messageOf(Throwable thrown) {
        return thrown.getCause() == null
                ? String.valueOf(thrown.getMessage())
                : String.valueOf(thrown.getCause().getMessage());
    }

    private <T> CompletableFuture<T> explained(CompletableFuture<T> call) {
        return call.exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                Answers.exception(connection.failures().of(thrown))));
    }
}
