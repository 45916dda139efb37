package io.mcpaccess.authzen;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.mcpaccess.authzen.endpoint.SelfMadeDecisions;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineSpiClient;
import io.reactivex.rxjava3.core.Maybe;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what a decision needs before the domain serves: classes that are loaded under the engine's deadline of half a second
 * would make the first questions 503. Decisions about a made-up server go through reader, pipeline and writer; then the engine
 * itself is asked about a tool that nobody has. Nothing of it is audited or counted.
 */
final class DomainWarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(DomainWarmUp.class);

    /** The most that it may hold up the start of a domain. */
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** AM loads engines beside the domain; a domain without one must not wait long. */
    private static final Duration ENGINE_COMES = Duration.ofMillis(300);
    /** The first loads classes and connects, the others show that it did. */
    private static final int ROUNDS = 3;

    private static final long PAUSE_MILLIS = 20;

    private static final EvaluationRequest QUESTION =
            EvaluationRequest.of(Subject.of("user", "warm-up"), Action.of("can_call"), Resource.of("tool", "warm-up"));

    private final AuthorizationEngineManager engines;

    /**
     * Wires the warm-up of one domain.
     *
     * @param engines the domain's engines; only ours is asked, since another may take questions down
     */
    DomainWarmUp(AuthorizationEngineManager engines) {
        this.engines = Objects.requireNonNull(engines, "engines");
    }

    /** Warms up, for at most two seconds, and never fails. Steps aside where it would block an event loop. */
    void run() {
        if (Context.isOnEventLoopThread()) {
            return;
        }
        long begin = System.nanoTime();
        try {
            SelfMadeDecisions.run();
            ask(System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError | ExecutionException | TimeoutException e) {
            LOG.debug("The warm-up ended early; the first questions may be slower", e);
        }
        LOG.debug(
                "Warmed up in {} ms",
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private void ask(long begin) throws InterruptedException, ExecutionException, TimeoutException {
        Optional<AuthorizationEngineProvider> provider = provider();
        while (provider.isEmpty() && isLeft(begin, ENGINE_COMES)) {
            Thread.sleep(PAUSE_MILLIS);
            provider = provider();
        }
        Optional<EngineOperations> ours = provider.flatMap(EngineSpiClient::of);
        for (int i = 0; ours.isPresent() && i < ROUNDS && isLeft(begin, LIMIT); i++) {
            ours.get()
                    .evaluations(List.of(QUESTION))
                    .toCompletableFuture()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Optional<AuthorizationEngineProvider> provider()
            throws InterruptedException, ExecutionException, TimeoutException {
        return Maybe.defer(engines::getDefault)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .toCompletionStage()
                .toCompletableFuture()
                .get(ENGINE_COMES.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isLeft(long begin, Duration limit) {
        return System.nanoTime() - begin < limit.toNanos();
    }
}
