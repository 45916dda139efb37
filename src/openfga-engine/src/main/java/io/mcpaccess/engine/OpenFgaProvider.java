package io.mcpaccess.engine;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.am.common.plugin.ValidationResult;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.gravitee.common.service.AbstractService;
import io.gravitee.node.api.healthcheck.ProbeManager;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.spi.EngineSpiAdapter;
import io.mcpaccess.engine.console.ConsoleResources;
import io.mcpaccess.registry.McpRegistry;
import io.mcpaccess.support.AmQuestion;
import io.mcpaccess.support.NodeMetrics;
import io.reactivex.rxjava3.core.Single;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One authorization engine, as AM creates it on the gateway and on the management API.
 *
 * <p>AM creates the new provider of an updated engine before it stops the old one, and closes a provider that it only
 * made to validate a configuration without stopping it: both ways free everything. Wrong settings do not stop a provider
 * from being created: AM would drop the engine. They make every answer {@code engine_unavailable}, and {@link #validate}
 * says what is wrong.
 *
 * <p>It is also the function behind {@link EngineSpiAdapter}, for callers that know this engine.
 */
public class OpenFgaProvider extends AbstractService<AuthorizationEngineProvider>
        implements AuthorizationEngineProvider,
                BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFgaProvider.class);

    private final OpenFgaConfiguration configuration;
    private final ApplicationContext context;
    private final Optional<ConfigurableApplicationContext> own;
    private final Node node;
    private final EngineRuntime runtime;
    private final EngineSpiAdapter spi;
    private final OpenFgaProbe probe;
    private final AtomicBoolean isFreed = new AtomicBoolean();
    private McpRegistry registry;

    /**
     * Reads the configuration and connects to nothing.
     *
     * @param configuration the engine's configuration, filled by AM
     * @param context the plugin's own context, a child of the node's; closed with the provider when it is
     */
    @Autowired
    public OpenFgaProvider(OpenFgaConfiguration configuration, ApplicationContext context) {
        this.configuration = configuration;
        this.context = context;
        this.own = ownContext(configuration, context);
        this.node = Node.of(context);
        this.runtime = EngineRuntime.open(configuration, backends(node, context), NodeMetrics.registry());
        this.spi = new EngineSpiAdapter(runtime.operations());
        this.probe = new OpenFgaProbe(runtime.storeName(), runtime.store().health());
    }

    private static Backends backends(Node node, ApplicationContext context) {
        return new Backends(
                node,
                () -> context.getBeanProvider(AuthorizationEngineRepository.class)
                        .getIfAvailable(),
                HostVertx.in(context));
    }

    @Override
    public Single<AuthorizationEngineResponse> check(AuthorizationEngineRequest request) {
        return Single.defer(() -> Single.fromCompletionStage(runtime.evaluate(AmQuestion.read(request))))
                .map(OpenFgaProvider::response)
                .onErrorReturn(thrown -> {
                    LOG.error("A question to the OpenFGA engine was not answered", thrown);
                    return unavailable();
                });
    }

    @Override
    public CompletionStage<Map<String, Object>> apply(String operation, Map<String, Object> input) {
        return spi.apply(operation, input);
    }

    /**
     * The resource behind the console's OpenFGA pages.
     *
     * @return the resource; empty on a gateway
     */
    @Override
    public Optional<Object> getManagementResource() {
        return node.isManagement()
                ? Optional.of(ConsoleResources.create(
                        runtime.store(),
                        runtime.storeName(),
                        runtime.shadowMode(),
                        runtime::belongsTo,
                        context,
                        registry()))
                : Optional.empty();
    }

    /** AM asks for the resource on every request; the registry and its threads are made once. */
    private synchronized McpRegistry registry() {
        if (isFreed.get()) {
            throw new IllegalStateException("The engine was stopped; ask again in a moment");
        }
        if (registry == null) {
            registry = McpRegistry.of(context, runtime.view());
        }
        return registry;
    }

    /**
     * Tries the settings against the store, for at most a few seconds. AM calls this when an administrator saves them.
     *
     * @return what is wrong, in a sentence; or that all is well
     */
    @Override
    public ValidationResult validate() {
        // First: no secret goes anywhere before it is certain that it was entered for that address.
        return KeptSecrets.problem(
                        configuration,
                        context.getBeanProvider(AuthorizationEngineRepository.class)
                                .getIfAvailable())
                .map(ValidationResult::invalid)
                .orElseGet(runtime::validate);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        probes().ifAvailable(probe::register);
        runtime.shadowMode()
                .warning()
                .ifPresent(warning -> LOG.warn("OpenFGA engine, store {}: {}", runtime.storeName(), warning));
        if (!node.isManagement()) {
            // Nobody waits for it: an engine that is down must not keep AM from starting. The management API starts
            // engines also to try settings, whose secrets must not go anywhere before validate() has looked at them.
            runtime.warmUp();
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        free();
    }

    /** AM's way to say goodbye to a provider that was made to validate a configuration. */
    @Override
    public void unregister() {
        free();
    }

    private void free() {
        if (isFreed.getAndSet(true)) {
            return;
        }
        freeEach(
                this::closeRegistry,
                runtime::close,
                () -> probes().ifAvailable(probe::unregister),
                () -> own.ifPresent(ConfigurableApplicationContext::close));
    }

    /** One that fails keeps none of the others. */
    private static void freeEach(Runnable... parts) {
        for (Runnable part : parts) {
            try {
                part.run();
            } catch (RuntimeException e) {
                LOG.warn("A part of an OpenFGA engine was not freed", e);
            }
        }
    }

    private synchronized void closeRegistry() {
        if (registry != null) {
            registry.close();
        }
    }

    /** AM puts the configuration into the context that it makes for one plugin, and nowhere else. */
    private static Optional<ConfigurableApplicationContext> ownContext(
            OpenFgaConfiguration configuration, ApplicationContext context) {
        return context instanceof ConfigurableApplicationContext candidate
                        && candidate.getBeanFactory().getSingleton("configuration") == configuration
                ? Optional.of(candidate)
                : Optional.empty();
    }

    private ObjectProvider<ProbeManager> probes() {
        return context.getBeanProvider(ProbeManager.class);
    }

    private static AuthorizationEngineResponse response(Decision decision) {
        return new AuthorizationEngineResponse(decision.decision(), decision.context());
    }

    private static AuthorizationEngineResponse unavailable() {
        return new AuthorizationEngineResponse(
                false, Map.of(Outcome.REASON_CODE, ReasonCode.ENGINE_UNAVAILABLE.wireName()));
    }
}
