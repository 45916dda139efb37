package io.mcpaccess.engine;

import io.gravitee.am.common.plugin.ValidationResult;
import io.mcpaccess.engine.store.OpenStore;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings tried against the store that they name, when an administrator saves them.
 *
 * @param source where the data is
 * @param store the store, opened
 */
record SettingsTrial(Source source, OpenStore store) {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsTrial.class);

    private static final long SECONDS = 8;

    /** Blocks for some seconds at the most. */
    ValidationResult result() {
        if (store.health().isAwaitingItsDomain()) {
            // AM does not say who saves; the store is somebody's, and nothing is told of it.
            return ValidationResult.valid();
        }
        List<String> warnings;
        try {
            answer(store.administration().store());
            warnings = new ArrayList<>(answer(store.health().warnings()));
        } catch (BackendException e) {
            return ValidationResult.invalid(e.getMessage());
        }
        try {
            answer(store.administration().currentModel());
        } catch (BackendException e) {
            // A store without any model is how one starts: the console's next page adds the first.
            if (e.problem() != Problem.NOT_FOUND || source.modelId().isPresent()) {
                return ValidationResult.invalid(e.getMessage());
            }
            warnings.add(e.getMessage());
        }
        warnings.forEach(warning -> LOG.warn("OpenFGA engine, store {}: {}", source.storeName(), warning));
        return warnings.isEmpty() ? ValidationResult.valid() : ValidationResult.valid(Map.of("warnings", warnings));
    }

    private static <T> T answer(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackendException known
                    ? known
                    : new BackendException(Problem.UNAVAILABLE, "The store failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new BackendException(Problem.UNAVAILABLE, "The store did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException(Problem.UNAVAILABLE, "The check of the settings was interrupted", e);
        }
    }
}
