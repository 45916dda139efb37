package io.mcpaccess.authzen.search;

import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.mcpaccess.authzen.decision.AccessRequest;
import io.mcpaccess.authzen.decision.AmPermissionEngine;
import io.mcpaccess.core.authzen.SearchRequest;
import io.mcpaccess.core.decision.DecisionUnavailableException;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.search.PagingTokens;
import io.mcpaccess.core.search.SearchAnswer;
import io.mcpaccess.core.search.SearchService;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineSpiClient;
import io.mcpaccess.openfga.Failures;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches in one domain, as far as its authorization engine has them. AM's own interface of engines has none, so an
 * engine of somebody else offers nothing here.
 */
public final class EngineSearches {

    private static final Logger LOG = LoggerFactory.getLogger(EngineSearches.class);

    private final String domainId;
    private final AuthorizationEngineManager engines;
    private final Optional<PagingTokens> tokens;
    private final Duration lookupLimit;
    private final SearchTime time;

    /**
     * Wires the searches of one domain.
     *
     * @param domainId the domain
     * @param engines the domain's engines, for what is offered outside a request; looked up anew each time, since they come and go
     * @param tokens paging tokens; without them nothing is offered
     * @param lookupLimit the time for finding out what the engine offers
     * @param time the time for a search
     */
    public EngineSearches(
            String domainId,
            AuthorizationEngineManager engines,
            Optional<PagingTokens> tokens,
            Duration lookupLimit,
            SearchTime time) {
        this.domainId = Objects.requireNonNull(domainId, "domainId");
        this.engines = Objects.requireNonNull(engines, "engines");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.lookupLimit = Objects.requireNonNull(lookupLimit, "lookupLimit");
        this.time = Objects.requireNonNull(time, "time");
    }

    /**
     * What can be searched at present.
     *
     * @return operations of {@link EngineOperations}; none where there is no engine or it does not say, never a failure
     */
    public CompletionStage<Set<String>> offered() {
        if (tokens.isEmpty()) {
            return CompletableFuture.completedFuture(Set.of());
        }
        return Maybe.defer(engines::getDefault)
                .mapOptional(provider -> EngineSpiClient.of(provider, domainId))
                .flatMapSingle(engine -> Single.fromCompletionStage(engine.offered()))
                .defaultIfEmpty(Set.of())
                .timeout(lookupLimit.toMillis(), TimeUnit.MILLISECONDS)
                .onErrorReturn(failure -> {
                    LOG.debug("The authorization engine did not say what it offers: {}", failure.toString());
                    return Set.of();
                })
                .toCompletionStage();
    }

    /**
     * Answers one search.
     *
     * @param operation the operation that it needs
     * @param request the request whose engine finds, and whose pipeline decides about each candidate
     * @param search reads the search; called only where the engine offers it
     * @return the answer, or nothing where the engine does not offer the operation; fails with
     *     {@link DecisionUnavailableException} where there is no engine or it does not answer, and with what
     *     {@code search} throws
     */
    public CompletionStage<Optional<SearchAnswer>> search(
            String operation, AccessRequest request, Supplier<SearchRequest> search) {
        if (tokens.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return offering(operation, request.engine())
                .thenCompose(engine -> engine.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : inTime(request, engine.get(), search.get()));
    }

    private CompletionStage<Optional<EngineOperations>> offering(String operation, AmPermissionEngine.OfRequest asked) {
        return Single.fromCompletionStage(asked.operations())
                .flatMap(found -> found.map(engine -> Single.fromCompletionStage(engine.offered())
                                .map(names -> names.contains(operation)
                                        ? Optional.of(engine)
                                        : Optional.<EngineOperations>empty()))
                        .orElseGet(() -> Single.just(Optional.empty())))
                .timeout(lookupLimit.toMillis(), TimeUnit.MILLISECONDS)
                .onErrorResumeNext(failure -> Single.error(asUnavailable(failure)))
                .toCompletionStage();
    }

    private CompletionStage<Optional<SearchAnswer>> inTime(
            AccessRequest request, EngineOperations engine, SearchRequest search) {
        SearchService service = new SearchService(domainId, request.pipeline(), tokens.get());
        return answered(Single.fromCompletionStage(request.engine().terms()), lookupLimit)
                .thenCompose(terms -> answered(
                        Single.fromCompletionStage(service.search(request.pep(), engine, search)),
                        time.limit(terms.deadline())))
                .thenApply(Optional::of);
    }

    private static <T> CompletionStage<T> answered(Single<T> answer, Duration limit) {
        return answer.timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .onErrorResumeNext(failure -> Single.error(asUnavailable(failure)))
                .toCompletionStage();
    }

    private static DecisionUnavailableException asUnavailable(Throwable failure) {
        Throwable cause = Failures.unwrapped(failure);
        if (cause instanceof DecisionUnavailableException known) {
            return known;
        }
        LOG.debug("The authorization engine gave no answer to a search: {}", cause.toString());
        return unavailable(ReasonCode.ENGINE_UNAVAILABLE, "The authorization engine gave no answer.");
    }

    private static DecisionUnavailableException unavailable(ReasonCode reason, String message) {
        return new DecisionUnavailableException(new Outcome.Unavailable(reason, message));
    }
}
