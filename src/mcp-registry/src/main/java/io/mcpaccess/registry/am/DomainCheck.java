package io.mcpaccess.registry.am;

import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.mcpaccess.registry.plan.RegistryException;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;

/**
 * Whether an engine belongs to the domain of the path. AM's locator finds engines by their id alone, so that an
 * administrator of one domain could reach the store of another.
 */
public final class DomainCheck {

    private final AmServices services;

    /**
     * A check against what AM has stored.
     *
     * @param services AM's services
     */
    public DomainCheck(AmServices services) {
        this.services = services;
    }

    /**
     * Looks the engine up in the domain.
     *
     * @param domain the domain's id
     * @param engine the engine's id
     * @return the engine; fails with a {@link RegistryException} of status 404 where the domain has no such engine, 501 where
     *     the node cannot tell
     */
    public Single<AuthorizationEngine> require(String domain, String engine) {
        return Maybe.defer(
                        () -> services.need(AuthorizationEngineRepository.class).findByDomainAndId(domain, engine))
                .switchIfEmpty(
                        Single.error(() -> new RegistryException(404, "The domain has no such authorization engine.")));
    }
}
