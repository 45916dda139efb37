package io.mcpaccess.engine;

import io.gravitee.am.common.plugin.ValidationResult;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.engine.console.ShadowMode;
import io.mcpaccess.engine.store.EngineStore;
import io.mcpaccess.engine.store.OpenStore;
import io.mcpaccess.registry.map.EngineView;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletionStage;
import org.slf4j.LoggerFactory;

/** What one provider runs on, made of its settings and freed as one. Thread-safe. */
sealed interface EngineRuntime extends AutoCloseable permits RunningEngine, BrokenEngine {

    /** How the store of an engine is called whose settings do not name one. */
    String NAMELESS = "none.yaml";

    /**
     * Opens the store that the configuration asks for. Connects to nothing.
     *
     * @return an engine at work; a broken one where the configuration cannot be used
     */
    static EngineRuntime open(OpenFgaConfiguration configuration, Backends backends, MeterRegistry registry) {
        String name = NAMELESS;
        try {
            EngineSettings settings = EngineSettings.of(configuration);
            name = settings.source().storeName();
            EngineMeters meters = new EngineMeters(registry, name);
            EngineDomain domain = backends.domain(settings.source());
            OpenStore store = backends.open(settings.source(), domain, meters);
            meters.showAge(store.health(), backends.clock());
            return new RunningEngine(backends.clocked(settings, store.administration()), store, domain, meters);
        } catch (IllegalArgumentException e) {
            LoggerFactory.getLogger(EngineRuntime.class).error("An OpenFGA engine cannot be used: {}", e.getMessage());
            return new BrokenEngine(e.getMessage(), name, new EngineMeters(registry, name));
        }
    }

    /**
     * Decides one question.
     *
     * @return the decision with its reason code; never fails
     */
    CompletionStage<Decision> evaluate(EvaluationRequest request);

    /** What callers get that know this engine. */
    EngineOperations operations();

    /** The store's id on its server, or the name of its file. */
    String storeName();

    /** The store, or why there is none. */
    EngineStore store();

    /** Takes down which domain this engine is of, from a caller who knows. */
    void belongsTo(String id);

    /** Which refusals this engine's domain records instead of enforcing. */
    ShadowMode shadowMode();

    /** What the registry of MCP servers knows of this engine. */
    EngineView view();

    /** Does ahead what the first question would otherwise pay for. Returns at once. */
    void warmUp();

    /**
     * Tries the settings against the store. Blocks for some seconds at the most.
     *
     * @return what is wrong, or that all is well
     */
    ValidationResult validate();

    @Override
    void close();
}
