package io.mcpaccess.authzen.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.mcpaccess.authzen.decision.AccessRequest;
import io.mcpaccess.authzen.decision.AmPermissionEngine;
import io.mcpaccess.authzen.decision.DecisionMeters;
import io.mcpaccess.authzen.testing.SpiEngine;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.PageRequest;
import io.mcpaccess.core.authzen.SearchRequest;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.DecisionPipeline;
import io.mcpaccess.core.decision.DecisionUnavailableException;
import io.mcpaccess.core.decision.Pep;
import io.mcpaccess.core.decision.TokenState;
import io.mcpaccess.core.search.PagingTokens;
import io.mcpaccess.core.search.SearchAnswer;
import io.mcpaccess.core.spi.EngineOperations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Maybe;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a search may take, by the engine's deadline. */
class EngineSearchesTest {

    private static final SearchRequest WHAT_ALICE_READS = new SearchRequest.Resources(
            Subject.of("user", "alice"), Action.of("read"), "record", Map.of(), Map.of(), PageRequest.WHOLE);

    private final SpiEngine engine = new SpiEngine();
    private final AuthorizationEngineManager engines = mock();

    @BeforeEach
    void slow() {
        when(engines.getDefault()).thenReturn(Maybe.just(engine));
        engine.permissions.add("user:alice read record:r1");
        engine.delay = Duration.ofMillis(600);
    }

    @Test
    void anEngineThatMayTakeLongIsWaitedForInASearchToo() {
        engine.deadline = Optional.of(Duration.ofSeconds(10));

        assertThat(search().orElseThrow().results()).containsExactly(Map.of("type", "record", "id", "r1"));
    }

    @Test
    void anEngineThatMayNotIsNot() {
        engine.deadline = Optional.of(Duration.ofMillis(50));

        assertThatThrownBy(this::search).hasCauseInstanceOf(DecisionUnavailableException.class);
    }

    @Test
    void anEngineThatSaysNoDeadlineHasTheLeast() {
        assertThatThrownBy(this::search).hasCauseInstanceOf(DecisionUnavailableException.class);
    }

    private Optional<SearchAnswer> search() {
        SearchTime time = new SearchTime(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofSeconds(10));
        EngineSearches searches = new EngineSearches(
                "demo",
                engines,
                Optional.of(new PagingTokens(new byte[32], Clock.systemUTC())),
                Duration.ofSeconds(10),
                time);
        AmPermissionEngine.OfRequest asked = new AmPermissionEngine(
                        engines, new DecisionMeters(new SimpleMeterRegistry(), "demo"), Duration.ofSeconds(10))
                .forRequest();
        DecisionPipeline pipeline = new DecisionPipeline(
                List::of,
                (token, pep) -> CompletableFuture.completedFuture(new TokenState.Inactive()),
                asked,
                decision -> {},
                () -> "id",
                System::nanoTime);
        return searches.search(
                        EngineOperations.SEARCH_RESOURCE,
                        new AccessRequest(
                                new Pep("agent", Pep.Kind.APPLICATION),
                                new byte[0],
                                Runnable::run,
                                asked,
                                pipeline,
                                search -> {}),
                        () -> WHAT_ALICE_READS)
                .toCompletableFuture()
                .join();
    }
}
