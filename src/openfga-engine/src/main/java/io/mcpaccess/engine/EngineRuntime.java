package io.mcpaccess.engine;

import io.gravitee.am.common.plugin.ValidationResult;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.core.decision.ConditionClock;
import io.mcpaccess.engine.console.ShadowMode;
import io.mcpaccess.engine.explain.Explanations;
import io.mcpaccess.engine.explain.StoreSnapshots;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendException.Problem;
import io.mcpaccess.openfga.OpenFgaBackend;
import io.mcpaccess.openfga.UnavailableBackend;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import io.mcpaccess.registry.map.EngineView;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one provider runs on: its settings, its backend, and the decisions over both. Freed as one. */
final class EngineRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRuntime.class);

    private static final long VALIDATION_SECONDS = 8;

    private static final EngineSettings NO_SETTINGS = new EngineSettings(
            new Source.Embedded("none.yaml", Optional.empty()),
            new CheckMapping(CheckMapping.DEFAULT_ALIASES),
            AccessSettings.DEFAULTS,
            ConditionClock.Precedence.ENGINE);

    private final Optional<String> problem;
    private final EngineSettings settings;
    private final Source source;
    private final OpenStore store;
    private final EngineDomain domain;
    private final EngineMeters meters;
    private final EngineDecisions decisions;

    private EngineRuntime(
            Optional<String> problem,
            EngineSettings settings,
            OpenStore store,
            EngineDomain domain,
            EngineMeters meters) {
        this.problem = problem;
        this.settings = settings;
        this.source = settings.source();
        this.store = store;
        this.domain = domain;
        this.meters = meters;
        this.decisions = new EngineDecisions(settings, store, domain::belongsTo, meters);
    }

    /**
     * Opens the backend that the configuration asks for. A configuration that cannot be used gives a runtime that
     * answers everything as unavailable.
     */
    static EngineRuntime open(OpenFgaConfiguration configuration, Backends backends, MeterRegistry registry) {
        EngineMeters meters = null;
        try {
            EngineSettings settings = EngineSettings.of(configuration);
            meters = new EngineMeters(registry, settings.source().storeName());
            EngineDomain domain = backends.domain(settings.source());
            OpenStore store = backends.open(settings.source(), domain, meters);
            meters.showAge(store.backend());
            return new EngineRuntime(
                    Optional.empty(), backends.clocked(settings, store.backend()), store, domain, meters);
        } catch (IllegalArgumentException e) {
            UnavailableBackend nothing = new UnavailableBackend("The engine's settings are wrong: " + e.getMessage());
            LOG.error("An OpenFGA engine cannot be used: {}", e.getMessage());
            return new EngineRuntime(
                    Optional.of(e.getMessage()),
                    NO_SETTINGS,
                    new OpenStore(nothing, Explanations.of(nothing)),
                    backends.domain(NO_SETTINGS.source()),
                    meters == null
                            ? new EngineMeters(registry, NO_SETTINGS.source().storeName())
                            : meters);
        }
    }

    EngineDecisions decisions() {
        return decisions;
    }

    String storeName() {
        return source.storeName();
    }

    /** Takes down which domain this engine is of, from a caller who knows. */
    void belongsTo(String id) {
        domain.belongsTo(id);
    }

    /** Which refusals this engine's domain records instead of enforcing. */
    ShadowMode shadowMode() {
        return ShadowMode.of(settings.access());
    }

    /** What the registry of MCP servers knows of this engine. */
    EngineView view() {
        return new EngineView(
                store.backend(),
                settings.access(),
                settings.mapping(),
                explanations()::explain,
                StoreSnapshots.of(store.backend()));
    }

    /** Says why the store answers as it does. */
    Explanations explanations() {
        return store.explanations();
    }

    OpenFgaBackend backend() {
        return store.backend();
    }

    /**
     * Tries the settings against the store. Blocks for some seconds at the most.
     *
     * @return what is wrong, or that all is well
     */
    ValidationResult validate() {
        if (problem.isPresent()) {
            return ValidationResult.invalid(problem.get());
        }
        if (store.backend() instanceof EmbeddedBackend embedded && embedded.isAwaitingItsDomain()) {
            // AM does not say who saves; the store is somebody's, and nothing is told of it.
            return ValidationResult.valid();
        }
        List<String> warnings;
        try {
            answer(backend().store());
            warnings = new ArrayList<>(answer(backend().warnings()));
        } catch (BackendException e) {
            return ValidationResult.invalid(e.getMessage());
        }
        try {
            answer(backend().currentModel());
        } catch (BackendException e) {
            // A store without any model is how one starts: the console's next page adds the first.
            if (e.problem() != Problem.NOT_FOUND || isPinned()) {
                return ValidationResult.invalid(e.getMessage());
            }
            warnings.add(e.getMessage());
        }
        warnings.forEach(warning -> LOG.warn("OpenFGA engine, store {}: {}", storeName(), warning));
        return warnings.isEmpty() ? ValidationResult.valid() : ValidationResult.valid(Map.of("warnings", warnings));
    }

    private boolean isPinned() {
        return source.modelId().isPresent();
    }

    private static <T> T answer(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(VALIDATION_SECONDS, TimeUnit.SECONDS);
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

    @Override
    public void close() {
        store.backend().close();
        meters.close();
    }
}
