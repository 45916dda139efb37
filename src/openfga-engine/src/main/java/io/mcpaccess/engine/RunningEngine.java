package io.mcpaccess.engine;

import io.gravitee.am.common.plugin.ValidationResult;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.engine.console.ShadowMode;
import io.mcpaccess.engine.store.EngineStore;
import io.mcpaccess.engine.store.OpenStore;
import io.mcpaccess.registry.map.EngineView;
import java.util.concurrent.CompletionStage;

/** An engine at work: settings, the store that they name, and the decisions over both. */
final class RunningEngine implements EngineRuntime {

    private final EngineSettings settings;
    private final OpenStore store;
    private final EngineDomain domain;
    private final EngineMeters meters;
    private final EngineDecisions decisions;

    RunningEngine(EngineSettings settings, OpenStore store, EngineDomain domain, EngineMeters meters) {
        this.settings = settings;
        this.store = store;
        this.domain = domain;
        this.meters = meters;
        this.decisions = new EngineDecisions(settings, store, domain::belongsTo, meters);
    }

    @Override
    public CompletionStage<Decision> evaluate(EvaluationRequest request) {
        return decisions.evaluate(request);
    }

    @Override
    public EngineOperations operations() {
        return decisions;
    }

    @Override
    public String storeName() {
        return settings.source().storeName();
    }

    @Override
    public EngineStore store() {
        return new EngineStore.Open(store);
    }

    @Override
    public void belongsTo(String id) {
        domain.belongsTo(id);
    }

    @Override
    public ShadowMode shadowMode() {
        return ShadowMode.of(settings.access());
    }

    @Override
    public EngineView view() {
        return new EngineView(
                store.checks(),
                store.searches(),
                store.administration(),
                settings.access(),
                settings.mapping(),
                store.explanations()::explain,
                store.snapshots());
    }

    @Override
    public void warmUp() {
        store.life().warmUp();
    }

    @Override
    public ValidationResult validate() {
        return new SettingsTrial(settings.source(), store).result();
    }

    @Override
    public void close() {
        store.life().close();
        meters.close();
    }
}
