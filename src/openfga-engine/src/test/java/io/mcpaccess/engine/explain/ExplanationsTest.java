package io.mcpaccess.engine.explain;

import static io.mcpaccess.openfga.testing.Questions.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.server.ServerBackend;
import io.mcpaccess.openfga.server.ServerObserver;
import io.mcpaccess.openfga.server.testing.Patience;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenFgaServer.class)
class ExplanationsTest {

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
            define can_call: ([user, role#member, user with until] or admin from server) but not blocked
        condition until(current_time: timestamp, end: timestamp) {
          current_time < end
        }
        """;

    private final OpenFgaStores stores;
    private String store;
    private ServerBackend backend;

    ExplanationsTest(OpenFgaStores stores) {
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
    void showsThePathThatAllows() {
        stores.write(
                store,
                new TupleKey("user:alice", "member", "role:clerk"),
                new TupleKey("role:clerk#member", "member", "role:staff"),
                new TupleKey("role:staff#member", "can_call", "tool:pay"));

        Map<String, Object> why = explain("user:alice");

        assertThat(why)
                .containsEntry("allowed", true)
                .containsEntry("reason_code", "permitted")
                .containsEntry("answer", "allow")
                .containsEntry("complete", true)
                .containsEntry("reads", 3);
        assertThat(why.get("path").toString()).contains("role:clerk", "role:staff");
    }

    @Test
    void showsWhatWouldAllow() {
        stores.write(store, new TupleKey("server:bank", "server", "tool:pay"));

        Map<String, Object> why = explain("user:alice");

        assertThat(why).containsEntry("allowed", false).containsEntry("complete", true);
        assertThat(why.get("missing").toString())
                .contains("user=user:alice, relation=can_call, object=tool:pay")
                .contains("user=user:alice, relation=admin, object=server:bank");
    }

    @Test
    void showsWhatBlocks() {
        stores.write(
                store,
                new TupleKey("user:alice", "can_call", "tool:pay"),
                new TupleKey("user:alice", "blocked", "tool:pay"));

        assertThat((List<?>) explain("user:alice").get("blocked")).hasSize(1);
    }

    @Test
    void anExpiredGrantIsAConditionThatFailed() {
        Map<String, Object> condition = Map.of("name", "until", "context", Map.of("end", "2026-01-01T00:00:00Z"));
        Map<String, Object> tuple =
                Map.of("user", "user:alice", "relation", "can_call", "object", "tool:pay", "condition", condition);
        stores.post("/stores/" + store + "/write", Map.of("writes", Map.of("tuple_keys", List.of(tuple))));
        Map<String, Object> later = Map.of("current_time", "2026-01-02T00:00:00Z");

        Map<String, Object> why = Explanations.of(backend, Clock.systemUTC())
                .explain(ask(new TupleKey("user:alice", "can_call", "tool:pay"), later))
                .toCompletableFuture()
                .join();

        assertThat(why).containsEntry("allowed", false).containsEntry("reason_code", "condition_failed");
        assertThat(why.get("text").toString()).contains("expired at 2026-01-01T00:00:00Z");
        assertThat(explain("user:bob")).containsEntry("reason_code", "permission_denied");
    }

    @Test
    void isDoneInTimeWhenThereIsMoreThanItMayRead() {
        for (int from = 0; from < 1100; from += 100) {
            TupleKey[] tuples = new TupleKey[100];
            for (int i = 0; i < 100; i++) {
                int n = from + i;
                tuples[i] = new TupleKey("role:r" + (n + 1) + "#member", "member", "role:r" + n);
            }
            stores.write(store, tuples);
        }
        stores.write(store, new TupleKey("role:r0#member", "can_call", "tool:other"));
        for (int i = 0; i < 1100; i += 100) {
            TupleKey[] wide = new TupleKey[100];
            for (int j = 0; j < 100; j++) {
                wide[j] = new TupleKey("role:r" + (i + j) + "#member", "can_call", "tool:pay");
            }
            stores.write(store, wide);
        }

        long start = System.nanoTime();
        try {
            Map<String, Object> why = explain("user:alice");
            assertThat(why).containsEntry("allowed", false).containsEntry("complete", false);
            assertThat((Integer) why.get("reads")).isLessThanOrEqualTo(1000);
        } catch (CompletionException e) {
            // OpenFGA itself may give up on such a store: depth 25, or the deadline.
            assertThat(e).hasCauseInstanceOf(BackendException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void explainsNothingWhereNothingIsDecided() {
        backend.close();

        assertThatThrownBy(() -> explain("user:alice")).hasCauseInstanceOf(BackendException.class);
    }

    private Map<String, Object> explain(String user) {
        return Explanations.of(backend, Clock.systemUTC())
                .explain(ask(user, "can_call", "tool:pay"))
                .toCompletableFuture()
                .join();
    }
}
