package io.mcpaccess.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TupleGatheringTest {

    private final List<StoredTuple> store = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();

    @Test
    void followsGroupsAndRelatedObjectsAndNothingElse() {
        tuple("role:clerk#member", "can_call", "tool:pay");
        tuple("server:bank", "server", "tool:pay");
        tuple("user:*", "can_call", "tool:pay");
        tuple("user:alice", "member", "role:clerk");
        tuple("role:boss#member", "member", "role:clerk");
        tuple("role:clerk#member", "member", "role:boss");
        tuple("user:bob", "can_call", "tool:other");

        TupleGathering.Gathered gathered = gather(1000);

        assertThat(gathered.isComplete()).isTrue();
        assertThat(gathered.tuples()).hasSize(6);
        assertThat(read).containsExactlyInAnyOrder("tool:pay", "role:clerk", "role:boss", "server:bank");
        assertThat(gathered.reads()).isEqualTo(4);
    }

    @Test
    void readsEveryPage() {
        for (int i = 0; i < 250; i++) {
            tuple("user:u" + i, "can_call", "tool:pay");
        }

        TupleGathering.Gathered gathered = gather(1000);

        assertThat(gathered.tuples()).hasSize(250);
        assertThat(gathered.reads()).isEqualTo(3);
    }

    @Test
    void saysWhenItStoppedAtItsBoundOfReads() {
        for (int i = 0; i < 50; i++) {
            tuple("role:r" + (i + 1) + "#member", "member", "role:r" + i);
        }
        tuple("role:r0#member", "can_call", "tool:pay");

        TupleGathering.Gathered gathered = gather(10);

        assertThat(gathered.isComplete()).isFalse();
        assertThat(gathered.reads()).isEqualTo(10);
        assertThat(gathered.tuples()).hasSize(10);
    }

    @Test
    void saysWhenItsTimeWasUp() {
        tuple("role:clerk#member", "can_call", "tool:pay");
        tuple("user:alice", "member", "role:clerk");
        TupleGathering gathering = new TupleGathering(
                (object, page) -> {
                    now.addAndGet(Duration.ofSeconds(2).toNanos());
                    return page(object, page);
                },
                Set.of("tool", "role"),
                1000,
                Duration.ofSeconds(2),
                now::get);

        TupleGathering.Gathered gathered =
                gathering.from("tool:pay").toCompletableFuture().join();

        assertThat(gathered.isComplete()).isFalse();
        assertThat(gathered.reads()).isEqualTo(1);
    }

    @Test
    void failsWhenTheStoreDoes() {
        TupleGathering gathering = new TupleGathering(
                (object, page) -> CompletableFuture.failedFuture(new IllegalStateException("down")),
                Set.of("tool"),
                1000,
                Duration.ofSeconds(2),
                now::get);

        assertThat(gathering.from("tool:pay").toCompletableFuture()).isCompletedExceptionally();
    }

    private TupleGathering.Gathered gather(int mostReads) {
        return new TupleGathering(
                        this::page, Set.of("tool", "role", "server"), mostReads, Duration.ofSeconds(2), now::get)
                .from("tool:pay")
                .toCompletableFuture()
                .join();
    }

    private CompletionStage<Page<StoredTuple>> page(String object, PageQuery request) {
        int from = request.continuationToken().map(Integer::parseInt).orElse(0);
        if (from == 0) {
            read.add(object);
        }
        List<StoredTuple> all = store.stream()
                .filter(tuple -> tuple.key().object().equals(object))
                .toList();
        int to = Math.min(all.size(), from + request.size());
        return CompletableFuture.completedFuture(new Page<>(
                all.subList(from, to), to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty()));
    }

    private void tuple(String user, String relation, String object) {
        store.add(StoredTuple.of(new TupleKey(user, relation, object)));
    }
}
