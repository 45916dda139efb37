package io.mcpaccess.openfga.server;

import static io.mcpaccess.openfga.testing.Questions.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.server.testing.Host;
import io.mcpaccess.openfga.server.testing.Patience;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenFgaServer.class)
class CachedDecisionsTest {

    private static final String MODEL = """
            model
              schema 1.1
            type user
            type tool
              relations
                define can_call: [user]
                define can_pay: [user]
            """;
    private static final TupleKey CALL = new TupleKey("user:alice", "can_call", "tool:t");
    private static final TupleKey PAY = new TupleKey("user:alice", "can_pay", "tool:t");

    private final AtomicLong passed = new AtomicLong();
    private final OpenFgaStores stores;
    private String store;
    private ServerBackend backend;

    CachedDecisionsTest(OpenFgaStores stores) {
        this.stores = stores;
    }

    @BeforeEach
    void connect() {
        store = stores.createStore(MODEL);
        backend = new ServerBackend(
                Patience.settings(
                        stores.url(),
                        store,
                        Set.of("can_pay"),
                        Optional.of(new ServerSettings.Cache(Duration.ofSeconds(10), Duration.ofSeconds(2), 1000))),
                Host.VERTX.vertx(),
                InstantSource.system(),
                () -> System.nanoTime() + passed.get(),
                () -> 0.5,
                ServerObserver.none());
    }

    @AfterEach
    void disconnect() {
        backend.close();
    }

    @Test
    void remembersAnAllowForItsTimeAndNoLonger() {
        stores.write(store, CALL);
        assertThat(check(CALL)).isEqualTo(new CheckResult.Allowed(false));
        deleteBehindItsBack(CALL);

        assertThat(check(CALL)).isEqualTo(new CheckResult.Allowed(true));
        passed.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(check(CALL).isAllowed()).isFalse();
    }

    @Test
    void neverRemembersWhereTheRelationNeedsHigherConsistency() {
        stores.write(store, PAY);
        assertThat(check(PAY).isAllowed()).isTrue();
        deleteBehindItsBack(PAY);

        assertThat(check(PAY).isAllowed()).isFalse();
    }

    @Test
    void forgetsWhenThisEngineWrites() {
        assertThat(check(CALL).isAllowed()).isFalse();

        backend.addTuple(StoredTuple.of(CALL)).toCompletableFuture().join();
        assertThat(check(CALL).isAllowed()).isTrue();

        backend.deleteTuple(CALL).toCompletableFuture().join();
        assertThat(check(CALL).isAllowed()).isFalse();
    }

    @Test
    void asksOnlyForWhatItDoesNotKnowInABatch() {
        stores.write(store, CALL);
        check(CALL);

        List<CheckResult> answers = backend.checkAll(
                        List.of(ask(PAY, Map.of()), ask(CALL, Map.of()), ask("user:bob", "can_call", "tool:t")),
                        CallContext.none())
                .toCompletableFuture()
                .join();

        assertThat(answers).extracting(CheckResult::isRemembered).containsExactly(false, true, false);
        assertThat(answers).extracting(CheckResult::isAllowed).containsExactly(false, true, false);
        assertThat(backend.cacheFigures()).containsEntry("hits", 1L).containsEntry("entries", 2L);
    }

    private CheckResult check(TupleKey tuple) {
        return backend.check(ask(tuple, Map.of()), CallContext.none())
                .toCompletableFuture()
                .join();
    }

    private void deleteBehindItsBack(TupleKey tuple) {
        Map<String, String> key = Map.of("user", tuple.user(), "relation", tuple.relation(), "object", tuple.object());
        stores.post("/stores/" + store + "/write", Map.of("deletes", Map.of("tuple_keys", List.of(key))));
    }
}
