package io.mcpaccess.support;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineSpiClient;
import io.mcpaccess.core.spi.EngineTerms;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The domain's authorization engine as one request found it, whichever plugin it comes from. Ours takes all questions in one call;
 * any other is asked one by one through AM's {@code check}.
 *
 * <p>Safe for any thread; nothing here blocks.
 */
public final class DomainEngine {

    private static final int CHECKS_AT_ONCE = 16;

    private final AuthorizationEngineProvider provider;
    private final Optional<EngineOperations> ours;

    private DomainEngine(AuthorizationEngineProvider provider, Optional<EngineOperations> ours) {
        this.provider = Objects.requireNonNull(provider, "provider");
        this.ours = ours;
    }

    /** AM makes another provider when an engine is changed: as long as it is the same, its SPI is found once. */
    private static Maybe<DomainEngine> find(
            AuthorizationEngineManager engines,
            Function<AuthorizationEngineProvider, Optional<EngineOperations>> operations) {
        AtomicReference<DomainEngine> last = new AtomicReference<>();
        return Maybe.defer(engines::getDefault).map(provider -> {
            DomainEngine known = last.get();
            if (known == null || known.provider != provider) {
                known = new DomainEngine(provider, operations.apply(provider));
                last.set(known);
            }
            return known;
        });
    }

    /**
     * Looks the domain's engine up.
     *
     * @param engines AM's manager of the domain's engines
     * @return the default engine, looked up at each subscription since engines come and go; empty where the domain has none
     */
    public static Maybe<DomainEngine> find(AuthorizationEngineManager engines) {
        return find(engines, EngineSpiClient::of);
    }

    /**
     * Looks the domain's engine up and tells it whose it is.
     *
     * @param engines AM's manager of the domain's engines
     * @param domainId the domain
     * @return as the other
     */
    public static Maybe<DomainEngine> find(AuthorizationEngineManager engines, String domainId) {
        return find(engines, provider -> EngineSpiClient.of(provider, domainId));
    }

    /**
     * What ours offers beyond AM's {@code check}.
     *
     * @return the operations, or nothing where the engine is somebody else's
     */
    public Optional<EngineOperations> operations() {
        return ours;
    }

    /**
     * What ours says of itself at this moment.
     *
     * @return the terms; {@link EngineTerms#UNKNOWN} where the engine is somebody else's
     */
    public CompletionStage<EngineTerms> terms() {
        return ours.isPresent() ? ours.get().terms() : CompletableFuture.completedFuture(EngineTerms.UNKNOWN);
    }

    /**
     * The same, asked when it is subscribed to.
     *
     * @return the terms; {@link EngineTerms#UNKNOWN} where the engine is somebody else's
     */
    public Single<EngineTerms> agreed() {
        return Single.defer(() -> Single.fromCompletionStage(terms()));
    }

    /**
     * How long a caller waits for {@link #evaluate}. An engine that says its deadline gets that long, and the time to say why it did
     * not answer.
     *
     * @return the time, or nothing where the engine says no deadline
     */
    public Single<Optional<Duration>> patience() {
        return Single.defer(() -> Single.fromCompletionStage(terms()))
                .map(known -> known.deadline().map(deadline -> deadline.plus(EngineOperations.MARGIN)));
    }

    /**
     * Puts questions to the engine.
     *
     * @param questions the questions
     * @param limit the time after which there is no answer
     * @return one answer a question, in the same order; fails where ours does not answer or the time is over. A single question that
     *     somebody else's engine fails at is {@link ReasonCode#ENGINE_UNAVAILABLE}
     */
    public Single<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions, Duration limit) {
        return Single.defer(() -> Single.fromCompletionStage(evaluate(questions)))
                .timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Puts questions to the engine, whose own deadline is all that bounds it.
     *
     * @param questions the questions
     * @return as the other
     */
    public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
        if (ours.isPresent()) {
            return ours.get().evaluations(questions).thenApply(DomainEngine::read);
        }
        return Flowable.fromIterable(questions)
                .concatMapEager(question -> check(question).toFlowable(), CHECKS_AT_ONCE, 1)
                .toList()
                .toCompletionStage();
    }

    private static List<PermissionAnswer> read(List<Decision> decisions) {
        List<PermissionAnswer> answers = new ArrayList<>(decisions.size());
        for (Decision decision : decisions) {
            answers.add(PermissionAnswer.of(decision));
        }
        return answers;
    }

    private Single<PermissionAnswer> check(EvaluationRequest question) {
        return Single.defer(() -> provider.check(AmQuestion.of(question)))
                .map(response -> PermissionAnswer.of(AmQuestion.decision(response)))
                .onErrorReturnItem(new PermissionAnswer.NoAnswer(ReasonCode.ENGINE_UNAVAILABLE));
    }
}
