package io.mcpaccess.authzen.catalogue;

import io.gravitee.am.common.event.EventManager;
import io.gravitee.am.common.event.ProtectedResourceEvent;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.common.event.Payload;
import io.gravitee.am.repository.management.api.ProtectedResourceRepository;
import io.gravitee.common.event.Event;
import io.gravitee.common.event.EventListener;
import io.mcpaccess.core.decision.ToolCatalogue;
import io.mcpaccess.core.mcp.McpServer;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.processors.PublishProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MCP servers of one domain, read from AM's repository.
 *
 * <p>AM's own {@code ProtectedResourceManager} cannot be asked: on JDBC it holds servers without their tools after every
 * start and every update of the domain, until the server itself is changed. So this reads each server whole, follows AM's
 * events, and gives what it read back to AM, whose authorize and token endpoints need the tools' scopes as well. AM's
 * initial load runs beside ours and may overwrite that, so it is looked at again and again.
 *
 * <p>Any thread may ask; nothing blocks. Until the first list is through, asking throws, and nothing is permitted.
 */
public final class ProtectedResourceCatalogue
        implements ToolCatalogue, EventListener<ProtectedResourceEvent, Payload>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProtectedResourceCatalogue.class);
    /** One reading that never ends would hold up all others for good. */
    private static final Duration READING_LIMIT = Duration.ofSeconds(5);

    private final String domainId;
    private final ProtectedResourceRepository repository;
    private final ProtectedResourceManager manager;
    private final EventManager events;
    private final Scheduler scheduler;
    private final Duration interval;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final GainedScopes gained = new GainedScopes();
    private final AtomicLong generations = new AtomicLong();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final FlowableProcessor<Long> wake = PublishProcessor.<Long>create().toSerialized();
    private volatile Disposable running = Disposable.disposed();
    private volatile boolean listed;
    private volatile List<McpServer> servers = List.of();

    /**
     * What is known of one server. A generation is never used twice, so a reading that began before an event cannot take
     * the place of what the event asked for.
     *
     * @param resource the resource with its tools, or {@code null} where it must still be read
     * @param server the same as rules see it, or {@code null} where nothing is known but the id
     */
    private record Entry(long generation, ProtectedResource resource, McpServer server) {

        boolean isMissing() {
            return resource == null;
        }
    }

    /**
     * Wires the catalogue; {@link #start()} begins to load.
     *
     * @param domainId the domain; resources of any other are left out
     * @param repository AM's stored protected resources
     * @param manager what AM's own endpoints ask
     * @param events AM's events of the domain
     * @param scheduler where reading happens
     * @param interval how often it is looked at what is missing
     */
    public ProtectedResourceCatalogue(
            String domainId,
            ProtectedResourceRepository repository,
            ProtectedResourceManager manager,
            EventManager events,
            Scheduler scheduler,
            Duration interval) {
        this.domainId = Objects.requireNonNull(domainId, "domainId");
        this.repository = Objects.requireNonNull(repository, "repository");
        this.manager = Objects.requireNonNull(manager, "manager");
        this.events = Objects.requireNonNull(events, "events");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.interval = Objects.requireNonNull(interval, "interval");
    }

    /** Subscribes to AM's events and begins to load, off the calling thread. */
    public void start() {
        events.subscribeForEvents(this, ProtectedResourceEvent.class, domainId);
        Flowable<Long> ticks = Flowable.interval(0, interval.toMillis(), TimeUnit.MILLISECONDS, scheduler);
        running = Flowable.merge(ticks.onBackpressureLatest(), wake.onBackpressureLatest())
                .observeOn(scheduler, false, 1)
                .concatMapCompletable(tick -> loadMissing().onErrorComplete(this::willBeTriedAgain), 1)
                .subscribe(() -> {}, failure -> LOG.error("Domain {}: tools are no longer loaded", domainId, failure));
    }

    @Override
    public Collection<McpServer> servers() {
        if (!listed) {
            throw new IllegalStateException("The MCP servers of this domain are not loaded yet.");
        }
        return servers;
    }

    @Override
    public void onEvent(Event<ProtectedResourceEvent, Payload> event) {
        String id = event.content().getId();
        if (event.type() == ProtectedResourceEvent.UNDEPLOY) {
            entries.remove(id);
            gained.forget(id);
        } else {
            // What is known may be out of date: until it is read again, the server counts as not loaded.
            entries.compute(id, (key, known) -> missing(known == null ? null : known.server()));
        }
        publish();
        wake.onNext(0L);
    }

    /** Stops following AM. */
    @Override
    public void close() {
        events.unsubscribeForEvents(this, ProtectedResourceEvent.class, domainId);
        running.dispose();
    }

    private Completable loadMissing() {
        return list().andThen(Completable.defer(this::readMissing)).doOnComplete(() -> {
            failing.set(false);
            giveBack();
        });
    }

    private Completable list() {
        if (listed) {
            return Completable.complete();
        }
        return repository
                .findByDomain(domainId)
                .timeout(READING_LIMIT.toMillis(), TimeUnit.MILLISECONDS, scheduler)
                .filter(this::isOurs)
                .doOnNext(resource -> entries.computeIfAbsent(
                        resource.getId(), id -> missing(McpServerReader.readWithoutTools(resource))))
                .ignoreElements()
                .doOnComplete(() -> {
                    publish();
                    listed = true;
                });
    }

    private Completable readMissing() {
        return Flowable.fromIterable(List.copyOf(entries.entrySet()))
                .filter(entry -> entry.getValue().isMissing())
                .concatMapCompletableDelayError(entry -> read(entry.getKey(), entry.getValue()));
    }

    private Completable read(String id, Entry seen) {
        return repository
                .findById(id)
                .timeout(READING_LIMIT.toMillis(), TimeUnit.MILLISECONDS, scheduler)
                .filter(this::isOurs)
                .doOnSuccess(resource -> entries.replace(id, seen, entry(resource)))
                .doOnComplete(() -> entries.remove(id, seen))
                .ignoreElement()
                .doOnComplete(this::publish);
    }

    private Entry entry(ProtectedResource resource) {
        Instant at = resource.getUpdatedAt() == null
                ? Instant.now()
                : resource.getUpdatedAt().toInstant();
        McpServer server = gained.seen(resource.getId(), McpServerReader.read(resource), at);
        return new Entry(generations.incrementAndGet(), server.isLoaded() ? resource : null, server);
    }

    private Entry missing(McpServer known) {
        McpServer unloaded = known == null
                ? null
                : new McpServer(
                        known.clientId(), known.name(), known.resourceIdentifiers(), new McpServer.Tools.NotLoaded());
        return new Entry(generations.incrementAndGet(), null, unloaded);
    }

    private void giveBack() {
        for (ProtectedResource held : List.copyOf(manager.entities())) {
            Entry known = entries.get(held.getId());
            if (held.getFeatures() == null && known != null && !known.isMissing()) {
                manager.deploy(known.resource());
            }
        }
    }

    private synchronized void publish() {
        servers = entries.values().stream()
                .map(Entry::server)
                .filter(Objects::nonNull)
                .toList();
    }

    private boolean isOurs(ProtectedResource resource) {
        return domainId.equals(resource.getDomainId());
    }

    private boolean willBeTriedAgain(Throwable failure) {
        if (failing.compareAndSet(false, true)) {
            LOG.warn("Domain {}: the tools of its MCP servers could not be read; trying again", domainId, failure);
        }
        return true;
    }
}
