package io.mcpaccess.engine.console;

import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.reactivex.rxjava3.core.Single;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Whether an engine belongs to the domain of the path. AM's locator finds engines by their id alone, so that an
 * administrator of one domain could reach the store of another.
 */
public final class DomainCheck {

    private final Supplier<AuthorizationEngineRepository> repository;
    private final Consumer<String> found;

    /**
     * A check against what AM has stored.
     *
     * @param repository finds the node's repository; gives null where there is none
     */
    public DomainCheck(Supplier<AuthorizationEngineRepository> repository) {
        this(repository, domain -> {});
    }

    /**
     * A check against what AM has stored.
     *
     * @param repository finds the node's repository; gives null where there is none
     * @param found told the domain whose engine it is, as often as it is found
     */
    DomainCheck(Supplier<AuthorizationEngineRepository> repository, Consumer<String> found) {
        this.repository = repository;
        this.found = found;
    }

    /**
     * Looks the engine up in the domain.
     *
     * @param domain the domain's id
     * @param engine the engine's id
     * @return completes with the engine; fails with status 404 where the domain has no such engine
     */
    CompletionStage<AuthorizationEngine> require(String domain, String engine) {
        AuthorizationEngineRepository engines = repository.get();
        if (engines == null) {
            throw new ConsoleException(501, "This node cannot tell which domain an engine belongs to");
        }
        return engines.findByDomainAndId(domain, engine)
                .toSingle()
                .onErrorResumeNext(thrown -> thrown instanceof NoSuchElementException
                        ? Single.error(new ConsoleException(404, "The domain has no such authorization engine"))
                        : Single.error(thrown))
                .doOnSuccess(known -> found.accept(domain))
                .toCompletionStage();
    }
}
