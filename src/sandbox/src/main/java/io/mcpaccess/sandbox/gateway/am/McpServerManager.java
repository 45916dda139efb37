package io.mcpaccess.sandbox.gateway.am;

import io.gravitee.am.common.event.EventManager;
import io.gravitee.am.common.event.ProtectedResourceEvent;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.common.event.Payload;
import io.gravitee.am.repository.management.api.ProtectedResourceRepository;
import io.gravitee.common.event.Event;
import io.gravitee.common.event.EventListener;
import io.gravitee.common.service.AbstractService;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AM's ProtectedResourceManager: the domain's MCP servers in memory, kept by events. At start it has what the repository lists, which on
 * JDBC lacks the tools until a server has an event of its own or a plugin gives them back with {@link #deploy}.
 */
@SuppressWarnings("rawtypes")
public final class McpServerManager extends AbstractService
        implements ProtectedResourceManager, EventListener<ProtectedResourceEvent, Payload> {
    private static final Logger LOG = LoggerFactory.getLogger(McpServerManager.class);

    private final String domain;
    private final ProtectedResourceRepository repository;
    private final EventManager events;
    private final ConcurrentMap<String, ProtectedResource> resources = new ConcurrentHashMap<>();

    /**
     * Makes the manager of a domain.
     *
     * @param domain the domain's identifier
     * @param repository where the servers are
     * @param events tells of changes
     */
    public McpServerManager(String domain, ProtectedResourceRepository repository, EventManager events) {
        this.domain = domain;
        this.repository = repository;
        this.events = events;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        events.subscribeForEvents(this, ProtectedResourceEvent.class, domain);
        repository.findByDomain(domain).blockingForEach(this::deploy);
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        events.unsubscribeForEvents(this, ProtectedResourceEvent.class, domain);
    }

    @Override
    public void onEvent(Event<ProtectedResourceEvent, Payload> event) {
        String id = event.content().getId();
        switch (event.type()) {
            case DEPLOY, UPDATE ->
                repository
                        .findById(id)
                        .subscribe(
                                this::deploy,
                                cause -> LOG.error("The protected resource {} cannot be loaded", id, cause));
            case UNDEPLOY -> undeploy(id);
        }
    }

    @Override
    public void deploy(ProtectedResource resource) {
        resources.put(resource.getId(), resource);
    }

    @Override
    public void undeploy(String id) {
        resources.remove(id);
    }

    @Override
    public Collection<ProtectedResource> entities() {
        return List.copyOf(resources.values());
    }

    @Override
    public ProtectedResource get(String id) {
        return id == null ? null : resources.get(id);
    }

    @Override
    public Set<ProtectedResource> getByIdentifier(String identifier) {
        return resources.values().stream()
                .filter(resource -> resource.getResourceIdentifiers().contains(identifier))
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> getScopesForResources(Set<String> identifiers) {
        return identifiers.stream()
                .flatMap(identifier -> getByIdentifier(identifier).stream())
                .filter(resource -> resource.getFeatures() != null)
                .flatMap(resource -> resource.getFeatures().stream())
                .filter(McpTool.class::isInstance)
                .flatMap(feature -> ((McpTool) feature).getScopes().stream())
                .collect(Collectors.toSet());
    }
}
