package io.mcpaccess.sandbox.gateway.am;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.common.event.AuthorizationEngineEvent;
import io.gravitee.am.common.event.EventManager;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.model.common.event.Payload;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.gravitee.common.event.Event;
import io.gravitee.common.event.EventListener;
import io.gravitee.common.service.AbstractService;
import io.mcpaccess.sandbox.plugin.AuthorizationEnginePlugins;
import io.reactivex.rxjava3.core.Maybe;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AM's AuthorizationEngineManager on the gateway: all engines of the domain at start, then by events. An update makes the new provider
 * before it stops the old one; a new provider that cannot be made leaves none. Providers are handed out as they are.
 */
@SuppressWarnings("rawtypes")
public final class EngineManager extends AbstractService
        implements AuthorizationEngineManager, EventListener<AuthorizationEngineEvent, Payload> {
    private static final Logger LOG = LoggerFactory.getLogger(EngineManager.class);

    private final String domain;
    private final AuthorizationEngineRepository repository;
    private final AuthorizationEnginePlugins plugins;
    private final EventManager events;
    private final ConcurrentMap<String, AuthorizationEngineProvider> providers = new ConcurrentHashMap<>();

    /**
     * Makes the manager of a domain.
     *
     * @param domain the domain's identifier
     * @param repository where the engines are
     * @param plugins makes providers
     * @param events tells of changes
     */
    public EngineManager(
            String domain,
            AuthorizationEngineRepository repository,
            AuthorizationEnginePlugins plugins,
            EventManager events) {
        this.domain = domain;
        this.repository = repository;
        this.plugins = plugins;
        this.events = events;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        events.subscribeForEvents(this, AuthorizationEngineEvent.class, domain);
        repository.findByDomain(domain).blockingForEach(this::deploy);
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        events.unsubscribeForEvents(this, AuthorizationEngineEvent.class, domain);
        List.copyOf(providers.keySet()).forEach(this::undeploy);
    }

    @Override
    public void onEvent(Event<AuthorizationEngineEvent, Payload> event) {
        String id = event.content().getId();
        switch (event.type()) {
            case DEPLOY, UPDATE ->
                repository
                        .findById(id)
                        .subscribe(this::deploy, cause -> LOG.error("The engine {} cannot be loaded", id, cause));
            case UNDEPLOY -> undeploy(id);
        }
    }

    @Override
    public Maybe<AuthorizationEngineProvider> get(String id) {
        return Maybe.defer(() -> {
            AuthorizationEngineProvider provider = providers.get(id);
            return provider == null ? Maybe.empty() : Maybe.just(provider);
        });
    }

    @Override
    public Maybe<AuthorizationEngineProvider> getDefault() {
        return Maybe.defer(() -> {
            List<AuthorizationEngineProvider> all = List.copyOf(providers.values());
            return switch (all.size()) {
                case 0 -> Maybe.empty();
                case 1 -> Maybe.just(all.get(0));
                default -> Maybe.error(new IllegalStateException("The domain has more than one authorization engine"));
            };
        });
    }

    private void deploy(AuthorizationEngine engine) {
        plugins.create(engine.getType(), engine.getConfiguration())
                .ifPresentOrElse(
                        created -> stop(providers.put(engine.getId(), created)), () -> undeploy(engine.getId()));
    }

    private void undeploy(String id) {
        stop(providers.remove(id));
    }

    private static void stop(AuthorizationEngineProvider provider) {
        if (provider != null) {
            try {
                provider.stop();
            } catch (Exception e) {
                LOG.error("An authorization engine did not stop", e);
            }
        }
    }
}
