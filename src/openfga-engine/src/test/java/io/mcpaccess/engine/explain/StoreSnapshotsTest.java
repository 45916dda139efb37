package io.mcpaccess.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.mcpaccess.openfga.Holding;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.server.ServerBackend;
import io.mcpaccess.openfga.server.ServerObserver;
import io.mcpaccess.openfga.server.testing.Patience;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenFgaServer.class)
class StoreSnapshotsTest {

    private static final String MODEL = """
        model
          schema 1.1
        type user
        type role
          relations
            define member: [user, role#member]
        type server
          relations
            define admin: [user]
        type tool
          relations
            define server: [server]
            define blocked: [user]
            define can_call: ([user, role#member] or admin from server) but not blocked
        """;

    private final OpenFgaStores stores;
    private String store;
    private ServerBackend backend;

    StoreSnapshotsTest(OpenFgaStores stores) {
        this.stores = stores;
    }

    @BeforeEach
    void connect() {
        store = stores.createStore(MODEL);
        backend = new ServerBackend(
                Patience.settings(stores.url(), store),
                Optional.empty(),
                InstantSource.system(),
                System::nanoTime,
                () -> 0.5,
                ServerObserver.none());
    }

    @AfterEach
    void disconnect() {
        backend.close();
    }

    @Test
    void aServersStoreIsReadToItsLastPageAndEvaluatedHere() {
        for (int i = 0; i < 230; i++) {
            stores.write(store, new TupleKey("user:u" + i, "can_call", "tool:pay"));
        }

        StoreSnapshot snapshot = take(300);

        assertThat(snapshot.size()).isEqualTo(230);
        assertThat(snapshot.groups("user")).hasSize(230);
        StoreSnapshot.PreparedChecks prepared =
                snapshot.prepare(List.of(new TupleKey("user:u0", "can_call", "tool:pay")), Map.of());
        assertThat(prepared.ask("user:u229")).containsEntry(0, Holding.YES);
        assertThat(prepared.ask("user:nobody")).isEmpty();
    }

    @Test
    void noMoreIsReadThanTheBound() {
        for (int i = 0; i < 130; i++) {
            stores.write(store, new TupleKey("user:u" + i, "can_call", "tool:pay"));
        }

        assertThatThrownBy(() -> take(120)).hasMessageContaining("more than 120 tuples");
    }

    @Test
    void aStoreThatNeverComesToItsEndIsReadForAWhileOnly() {
        StoreAdministration endless = mock(StoreAdministration.class);
        AtomicInteger reads = new AtomicInteger();
        ModelDocument model = backend.currentModel().toCompletableFuture().join();
        when(endless.currentModel()).thenReturn(CompletableFuture.completedFuture(model));
        when(endless.tuples(any())).thenAnswer(call -> {
            reads.incrementAndGet();
            return CompletableFuture.completedFuture(new Page<StoredTuple>(List.of(), Optional.of("more")));
        });

        assertThat(StoreSnapshots.of(
                                endless, () -> Duration.ofSeconds(reads.get()).toNanos())
                        .take(100))
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withMessageContaining("not read in 45 seconds");
        assertThat(reads).hasValue(46);
    }

    private StoreSnapshot take(int most) {
        return StoreSnapshots.of(backend).take(most).toCompletableFuture().join();
    }
}
