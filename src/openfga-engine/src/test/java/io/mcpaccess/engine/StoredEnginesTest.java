package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** AM asks for the check of settings on a thread that its database needs for the answers. */
class StoredEnginesTest {

    private final AuthorizationEngine engine = new AuthorizationEngine();
    private final AuthorizationEngineRepository engines = Mockito.mock(AuthorizationEngineRepository.class);
    private final ExecutorService eventLoop = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        eventLoop.shutdownNow();
    }

    @Test
    void readsOnTheEventLoopThatSomeOfTheConnectionsBelongTo() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        Mockito.when(engines.findAll())
                .thenAnswer(asked -> connections.incrementAndGet() <= 3
                        ? Flowable.just(engine).observeOn(Schedulers.from(eventLoop))
                        : Flowable.just(engine));

        List<AuthorizationEngine> read =
                eventLoop.submit(() -> StoredEngines.read(engines)).get(60, TimeUnit.SECONDS);

        assertThat(read).containsExactly(engine);
        assertThat(connections).hasValue(4);
    }

    @Test
    void readsOnAComputationThread() {
        int threads = Runtime.getRuntime().availableProcessors();
        Assumptions.assumeTrue(threads > 1, "with a single one nothing comes back while it waits");
        Mockito.when(engines.findAll())
                .thenAnswer(asked -> Flowable.just(engine).observeOn(Schedulers.computation()));

        for (int thread = 0; thread < threads; thread++) {
            assertThat(Flowable.fromCallable(() -> StoredEngines.read(engines))
                            .subscribeOn(Schedulers.computation())
                            .blockingSingle())
                    .containsExactly(engine);
        }
    }

    @Test
    void oneReadIsEnoughWhereNothingWaits() {
        Mockito.when(engines.findAll()).thenReturn(Flowable.just(engine));

        assertThat(StoredEngines.read(engines)).containsExactly(engine);
        Mockito.verify(engines, Mockito.times(1)).findAll();
    }

    @Test
    void aReadThatFailsDoesNotEndTheOthers() {
        AtomicInteger reads = new AtomicInteger();
        Mockito.when(engines.findAll())
                .thenAnswer(asked -> reads.incrementAndGet() == 1
                        ? Flowable.error(new IllegalStateException("connection lost"))
                        : Flowable.just(engine));

        assertThat(StoredEngines.read(engines)).containsExactly(engine);
    }

    @Test
    void aDatabaseThatIsDownIsSaid() {
        Mockito.when(engines.findAll()).thenReturn(Flowable.error(new IllegalStateException("no database")));

        assertThatThrownBy(() -> StoredEngines.read(engines)).hasRootCauseMessage("no database");
    }

    @Test
    void attackADatabaseThatFailsAtOnceHoldsNoThreadForItsFailures() {
        Mockito.when(engines.findAll()).thenReturn(Flowable.error(new IllegalStateException("no database")));

        assertThatThrownBy(() -> StoredEngines.read(engines)).hasRootCauseMessage("no database");
        Mockito.verify(engines, Mockito.times(3)).findAll();
    }

    @Test
    void attackASlowDatabaseGetsNoFloodOfReads() {
        AtomicInteger reads = new AtomicInteger();
        Mockito.when(engines.findAll())
                .thenAnswer(asked -> reads.incrementAndGet() == 1
                        ? Flowable.error(new IllegalStateException("connection lost"))
                        : Flowable.never());

        assertThatThrownBy(() -> StoredEngines.read(engines)).hasRootCauseMessage("connection lost");
        Mockito.verify(engines, Mockito.times(8)).findAll();
    }
}
