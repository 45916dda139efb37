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
import io.mcpaccess.support.McpServerReader;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
    /** A turn that took this long will not end any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** How long the tools of before a change may keep other servers' tools shut, and no others open. */
    private static final Duration LAST_KNOWN = Duration.ofSeconds(30);
    /** How long a question about a server that is being read waits for that; its permission is decided after. */
    private static final Duration SETTLING = Duration.ofMillis(250);
    /** What was read in the middle of a change is read again soon, a few times. */
    private static final Duration SOON = Duration.ofMillis(50);

    private static final int SOON_TURNS = 10;

    private final String domainId;
    private final ProtectedResourceRepository repository;
    private final ProtectedResourceManager manager;
    private final EventManager events;
    private final Scheduler scheduler;
    private final Duration interval;

    private final Map<String, ServerEntry> entries = new ConcurrentHashMap<>();
    private final GainedScopes gained = new GainedScopes();
    private final AtomicLong generations = new AtomicLong();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicInteger soon = new AtomicInteger();
    private final SupervisedTurns turns;
    private volatile long followedMillis;
    private volatile boolean listed;
    private volatile CompletableFuture<Void> settled = new CompletableFuture<>();
    private volatile List<McpServer> servers = List.of();

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
        this.followedMillis = now();
        this.turns = new SupervisedTurns(this::turn, this::pause, this::willBeTriedAgain, scheduler, PATIENCE);
    }

    /** Subscribes to AM's events and begins to load, off the calling thread. */
    public void start() {
        events.subscribeForEvents(this, ProtectedResourceEvent.class, domainId);
        turns.wake();
    }

    @Override
    public Collection<McpServer> servers() {
        turns.watch();
        if (!listed) {
            throw new IllegalStateException("The MCP servers of this domain are not loaded yet.");
        }
        return servers;
    }

    @Override
    public CompletionStage<Void> settled() {
        CompletableFuture<Void> reading = settled;
        return reading.isDone()
                ? reading
                : reading.copy().completeOnTimeout(null, SETTLING.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * How long ago all that AM says about MCP servers was last known here.
     *
     * @return the time since the last reading that left nothing out
     */
    public Duration sinceFollowed() {
        turns.watch();
        return Duration.ofMillis(now() - followedMillis);
    }

    @Override
    public void onEvent(Event<ProtectedResourceEvent, Payload> event) {
        String id = event.content().getId();
        if (event.type() == ProtectedResourceEvent.UNDEPLOY) {
            entries.remove(id);
            gained.forget(id);
        } else {
            // What is known may be out of date: until it is read again, the server counts as not loaded.
            entries.compute(
                    id,
                    (key, known) ->
                            known == null ? missing(null) : known.changing(generations.incrementAndGet(), now()));
            soon.set(SOON_TURNS);
        }
        publish();
        turns.wake();
    }

    /** Stops following AM. */
    @Override
    public void close() {
        events.unsubscribeForEvents(this, ProtectedResourceEvent.class, domainId);
        turns.close();
    }

    private Completable turn() {
        return list().andThen(Completable.defer(this::readMissing)).doOnComplete(() -> {
            failing.set(false);
            giveBack();
            forgetOldKnowledge();
            if (isWhole()) {
                followedMillis = now();
            }
        });
    }

    private Duration pause() {
        return listed && isWhole() || soon.decrementAndGet() < 0 ? interval : SOON;
    }

    private boolean isWhole() {
        return entries.values().stream().noneMatch(ServerEntry::isMissing);
    }

    /** A server that cannot be read for long is no more known to others than to itself. */
    private void forgetOldKnowledge() {
        entries.replaceAll((id, entry) -> entry.isMissing()
                        && entry.server() != null
                        && entry.server().isKnown()
                        && now() - entry.sinceMillis() > LAST_KNOWN.toMillis()
                ? missing(entry.server())
                : entry);
        publish();
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
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
                    listed = true;
                    publish();
                });
    }

    private Completable readMissing() {
        return Flowable.fromIterable(List.copyOf(entries.entrySet()))
                .filter(entry -> entry.getValue().isMissing())
                .concatMapCompletableDelayError(entry -> read(entry.getKey(), entry.getValue()));
    }

    private Completable read(String id, ServerEntry seen) {
        return repository
                .findById(id)
                .timeout(READING_LIMIT.toMillis(), TimeUnit.MILLISECONDS, scheduler)
                .filter(this::isOurs)
                .doOnSuccess(resource -> entries.replace(id, seen, entry(resource)))
                .doOnComplete(() -> entries.remove(id, seen))
                .ignoreElement()
                .doOnComplete(this::publish);
    }

    private ServerEntry entry(ProtectedResource resource) {
        Instant at = resource.getUpdatedAt() == null
                ? Instant.now()
                : resource.getUpdatedAt().toInstant();
        McpServer server = gained.seen(resource.getId(), McpServerReader.read(resource), at);
        return new ServerEntry(generations.incrementAndGet(), server.isLoaded() ? resource : null, server, now());
    }

    private ServerEntry missing(McpServer known) {
        return ServerEntry.missing(generations.incrementAndGet(), known, now());
    }

    private void giveBack() {
        for (ProtectedResource held : List.copyOf(manager.entities())) {
            ServerEntry known = entries.get(held.getId());
            if (held.getFeatures() == null && known != null && !known.isMissing()) {
                manager.deploy(known.resource());
            }
        }
    }

    private synchronized void publish() {
        if (listed && isWhole()) {
            settled.complete(null);
        } else if (settled.isDone()) {
            settled = new CompletableFuture<>();
        }
        servers = entries.values().stream()
                .map(ServerEntry::server)
                .filter(Objects::nonNull)
                .toList();
    }

    private boolean isOurs(ProtectedResource resource) {
        return domainId.equals(resource.getDomainId());
    }

    private void willBeTriedAgain(Throwable failure) {
        if (failing.compareAndSet(false, true)) {
            LOG.warn("Domain {}: the tools of its MCP servers could not be read; trying again", domainId, failure);
        }
    }
}
