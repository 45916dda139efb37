package io.mcpaccess.authzen.decision;

import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.repository.management.api.IdentityProviderRepository;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.PermissionEngine;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns at the start of a domain that names the subjects of permissions by username while it has several identity
 * providers: a username is unique within one provider alone, so a user of one could hold the permissions of another's.
 */
public final class SharedUsernames implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedUsernames.class);

    private final String domainId;
    private final Optional<IdentityProviderRepository> providers;
    private final PermissionEngine engine;
    private final Scheduler scheduler;
    private final Duration delay;
    private volatile Disposable running = Disposable.disposed();

    /**
     * Wires the check of one domain.
     *
     * @param domainId the domain
     * @param providers AM's stored identity providers; nothing is checked without
     * @param engine knows how subjects are named
     * @param scheduler where the check happens
     * @param delay how long after the start: AM loads engines beside the domain
     */
    public SharedUsernames(
            String domainId,
            Optional<IdentityProviderRepository> providers,
            PermissionEngine engine,
            Scheduler scheduler,
            Duration delay) {
        this.domainId = Objects.requireNonNull(domainId, "domainId");
        this.providers = Objects.requireNonNull(providers, "providers");
        this.engine = Objects.requireNonNull(engine, "engine");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.delay = Objects.requireNonNull(delay, "delay");
    }

    /** Checks once, later, off the calling thread. */
    public void start() {
        running = Single.timer(delay.toMillis(), TimeUnit.MILLISECONDS, scheduler)
                .flatMap(tick -> areShared())
                .subscribe(
                        shared -> {
                            if (shared) {
                                warn();
                            }
                        },
                        failure ->
                                LOG.debug("Domain {}: its identity providers were not looked at", domainId, failure));
    }

    @Override
    public void close() {
        running.dispose();
    }

    /**
     * Whether two users of the domain may have the same name in permissions.
     *
     * @return whether subjects are usernames and the domain has several identity providers
     */
    Single<Boolean> areShared() {
        if (providers.isEmpty()) {
            return Single.just(false);
        }
        return Single.defer(() -> Single.fromCompletionStage(engine.settings()))
                .filter(settings -> settings.subject() == AccessSettings.SubjectName.USERNAME)
                .flatMapSingle(settings ->
                        providers.get().findAll(ReferenceType.DOMAIN, domainId).count())
                .map(count -> count > 1)
                .defaultIfEmpty(false);
    }

    private void warn() {
        LOG.warn(
                "Domain {} has several identity providers and names the subjects of permissions by username. Two users"
                        + " with the same username share their permissions. Set the engine's subject to"
                        + " source/username or sub, unless usernames are unique across the providers.",
                domainId);
    }
}
