package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.TupleKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads classes, resolves the host name, connects, gets a token and looks the model up before anybody asks. Together this
 * may take longer than a decision has. It has a search's time, and what fails does not count for the circuit breaker.
 */
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** Names nobody: OpenFGA denies it, or says that the model has no such type. */
    private static final PermissionQuestion HARMLESS =
            PermissionQuestion.of(new TupleKey("user:warm-up", "can_call", "tool:warm-up"), Map.of());

    private final Connection connection;
    private final DecisionCalls requests;

    WarmUp(Connection connection) {
        this.connection = connection;
        this.requests = new DecisionCalls(connection);
    }

    /** Returns at once; the future never fails. */
    CompletableFuture<Void> run() {
        try {
            return reachedElsewhere()
                    .thenCompose(reached -> connection.model().id())
                    .thenCompose(this::ask)
                    .handle((done, thrown) -> {
                        if (thrown != null) {
                            LOG.debug(
                                    "OpenFGA engine, warming up: {}",
                                    connection.failures().of(thrown).getMessage());
                        }
                        return null;
                    });
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private CompletableFuture<Void> reachedElsewhere() {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        if (!connection.transport().enter()) {
            return CompletableFuture.failedFuture(new RejectedExecutionException());
        }
        connection
                .transport()
                .execute(() -> reachServer().whenComplete((done, failure) -> {
                    connection.transport().leave();
                    if (failure == null) {
                        reached.complete(null);
                    } else {
                        reached.completeExceptionally(failure);
                    }
                }));
        return reached;
    }

    private CompletableFuture<Void> reachServer() {
        return connection
                .calls()
                .aside(
                        connection.searchBudget(),
                        attempt -> connection.sdk(
                                attempt, (api, store, options) -> api.readAuthorizationModels(store, 1, null, options)))
                .thenAccept(answer -> {});
    }

    private CompletableFuture<Void> ask(String model) {
        return connection
                .calls()
                .aside(connection.searchBudget(), GuardedCalls.futureOf(requests.check(model, HARMLESS)))
                .thenAccept(answer -> {});
    }
}
