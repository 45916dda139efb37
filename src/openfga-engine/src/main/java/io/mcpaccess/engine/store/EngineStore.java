package io.mcpaccess.engine.store;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendHealth;
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.StoreHealth;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The store of an engine, or why there is none. */
public sealed interface EngineStore {

    /**
     * Asks the store.
     *
     * @param call what is asked
     * @param <T> what is answered
     * @return the answer; fails with {@link BackendException.Problem#UNAVAILABLE} where there is no store
     */
    <T> CompletionStage<T> ask(Function<OpenStore, CompletionStage<T>> call);

    /**
     * Reads what the store holds.
     *
     * @param call what is asked
     * @param <T> what is answered
     * @return the answer; fails as {@link #ask} does
     */
    default <T> CompletionStage<T> administration(Function<StoreAdministration, CompletionStage<T>> call) {
        return ask(store -> call.apply(store.administration()));
    }

    /**
     * Reads a part of what the store holds, or changes it.
     *
     * @param input which part, or the change
     * @param call what is asked
     * @param <I> what says so
     * @param <T> what is answered
     * @return the answer; fails as {@link #ask} does
     */
    default <I, T> CompletionStage<T> administration(
            I input, BiFunction<StoreAdministration, I, CompletionStage<T>> call) {
        return ask(store -> call.apply(store.administration(), input));
    }

    /**
     * How the store is.
     *
     * @return also of one that is missing
     */
    StoreHealth health();

    /**
     * There is one.
     *
     * @param store the store
     */
    record Open(OpenStore store) implements EngineStore {

        @Override
        public <T> CompletionStage<T> ask(Function<OpenStore, CompletionStage<T>> call) {
            return call.apply(store);
        }

        @Override
        public StoreHealth health() {
            return store.health();
        }
    }

    /**
     * The engine's settings are wrong, so none was opened.
     *
     * @param reason what is wrong, for the administrator; no secrets
     */
    record Missing(String reason) implements EngineStore {

        @Override
        public <T> CompletionStage<T> ask(Function<OpenStore, CompletionStage<T>> call) {
            return CompletableFuture.failedFuture(new BackendException(BackendException.Problem.UNAVAILABLE, reason));
        }

        @Override
        public StoreHealth health() {
            return () -> CompletableFuture.completedFuture(new BackendHealth(false, Optional.empty(), "none", reason));
        }
    }
}
