package io.mcpaccess.openfga.embedded.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.embedded.Engines;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TupleTableTest {

    private static Set<String> tuples(TupleSnapshot snapshot) {
        Set<String> tuples = new TreeSet<>();
        for (int row = snapshot.nextRow(0); row != 0; row = snapshot.nextRow(row)) {
            tuples.add(snapshot.tuple(row).key().user());
        }
        return tuples;
    }

    @Test
    void snapshotsKeepTheirRevision() {
        TupleTable table = new TupleTable(new Symbols());
        table.add(Engines.tuple("tool:a#can_call@user:1"));
        table.commit();
        TupleSnapshot first = table.current();
        table.add(Engines.tuple("tool:a#can_call@user:2"));
        table.delete(Engines.key("tool:a#can_call@user:1"));
        table.commit();

        assertThat(tuples(first)).containsExactly("user:1");
        assertThat(first.size()).isEqualTo(1);
        assertThat(tuples(table.current())).containsExactly("user:2");
        assertThat(table.current().revision()).isEqualTo(first.revision() + 1);
    }

    @Test
    void aTupleThatComesBackIsFoundAgain() {
        TupleTable table = new TupleTable(new Symbols());
        for (int i = 0; i < 10; i++) {
            table.add(Engines.tuple("tool:a#can_call@user:1"));
            table.commit();
            assertThat(table.holds(Engines.key("tool:a#can_call@user:1"))).isTrue();
            assertThat(table.delete(Engines.key("tool:a#can_call@user:1"))).isTrue();
            assertThat(table.delete(Engines.key("tool:a#can_call@user:1"))).isFalse();
            table.commit();
        }
        assertThat(table.current().size()).isZero();
    }

    @Test
    void compactingKeepsOrderAndLeavesOutWhatIsDeleted() {
        TupleTable table = new TupleTable(new Symbols());
        for (int i = 0; i < 5000; i++) {
            table.add(Engines.tuple("tool:a#can_call@user:" + i));
        }
        for (int i = 0; i < 4990; i++) {
            table.delete(Engines.key("tool:a#can_call@user:" + i));
        }
        table.commit();
        assertThat(table.isSparse()).isTrue();
        TupleTable compacted = TupleTable.compacted(table.current());
        assertThat(compacted.isSparse()).isFalse();
        assertThat(tuples(compacted.current()))
                .isEqualTo(tuples(table.current()))
                .hasSize(10);
        assertThat(compacted.current().epoch()).isNotEqualTo(table.current().epoch());
    }

    /** Each revision has exactly one user more, so that a torn read shows as a wrong count or a chain that is cut. */
    @Test
    void readersSeeWholeRevisionsWhileTheTableGrows() {
        int last = 20_000;
        TupleTable table = new TupleTable(new Symbols());
        AtomicReference<TupleSnapshot> published = new AtomicReference<>(table.current());
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            int reads = 0;
            while (!done.get() || reads == 0) {
                TupleSnapshot snapshot = published.get();
                int object = snapshot.object(snapshot.symbols().find("tool"), "a");
                int node = snapshot.node(object, snapshot.symbols().find("can_call"));
                int count = 0;
                for (int row = snapshot.firstUser(node); row != 0; row = snapshot.nextOfTarget(row)) {
                    count++;
                }
                assertThat(count).isEqualTo(snapshot.size());
                if (count > 0) {
                    int user = snapshot.object(snapshot.symbols().find("user"), String.valueOf(count));
                    assertThat(snapshot.row(node, snapshot.node(user, Symbols.NONE)))
                            .isNotZero();
                }
                reads++;
            }
            return reads;
        });
        for (int i = 1; i <= last && !reader.isDone(); i++) {
            table.add(Engines.tuple("tool:a#can_call@user:" + i));
            table.commit();
            published.set(table.current());
        }
        done.set(true);
        assertThat(reader.join()).isPositive();
        assertThat(table.current().size()).isEqualTo(last);
    }
}
