package io.mcpaccess.engine.explain;

import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.StoredTuple;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * Reads from a store the tuples that can matter for a question: those of its object, of the groups and related objects
 * that they name, and so on. Bounded in reads and time, and says when it stopped early.
 *
 * <p>One use each; safe for answers that come on many threads.
 */
final class TupleGathering {

    private static final int TUPLES_PER_READ = 100;
    private static final int READS_AT_ONCE = 8;

    private final BiFunction<String, PageQuery, CompletionStage<Page<StoredTuple>>> readObject;
    private final Set<String> typesWithRelations;
    private final int mostReads;
    private final long end;
    private final LongSupplier nanoTime;

    private final CompletableFuture<Gathered> result = new CompletableFuture<>();
    private final Deque<Read> waiting = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final List<StoredTuple> tuples = new ArrayList<>();
    private int reads;
    private int inFlight;
    private boolean stoppedEarly;

    /**
     * A gathering.
     *
     * @param readObject reads a page of the tuples of an object
     * @param typesWithRelations types of objects that can have tuples at all
     * @param mostReads how many reads at the most
     * @param limit how long it may take
     * @param nanoTime a clock that never goes back
     */
    TupleGathering(
            BiFunction<String, PageQuery, CompletionStage<Page<StoredTuple>>> readObject,
            Set<String> typesWithRelations,
            int mostReads,
            Duration limit,
            LongSupplier nanoTime) {
        this.readObject = readObject;
        this.typesWithRelations = typesWithRelations;
        this.mostReads = mostReads;
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + limit.toNanos();
    }

    /**
     * What was found.
     *
     * @param tuples the tuples
     * @param reads how many reads it took
     * @param isComplete false when it stopped at a bound, so that something may be missing
     */
    record Gathered(List<StoredTuple> tuples, int reads, boolean isComplete) {}

    /** One read that is still to be done. */
    private record Read(String object, PageQuery page) {}

    /**
     * Begins at an object.
     *
     * @param object the object of the question
     * @return what was found; fails when the store does
     */
    CompletionStage<Gathered> from(String object) {
        synchronized (this) {
            enqueue(object);
        }
        proceed();
        return result;
    }

    private void proceed() {
        List<Read> next = new ArrayList<>();
        synchronized (this) {
            while (!waiting.isEmpty() && inFlight < READS_AT_ONCE) {
                if (reads == mostReads || nanoTime.getAsLong() - end >= 0) {
                    stoppedEarly = true;
                    waiting.clear();
                    break;
                }
                reads++;
                inFlight++;
                next.add(waiting.poll());
            }
            if (inFlight == 0) {
                result.complete(new Gathered(List.copyOf(tuples), reads, !stoppedEarly));
            }
        }
        // Outside of the lock: an answer may come on this very thread.
        next.forEach(read -> readObject.apply(read.object(), read.page()).whenComplete((page, thrown) -> {
            if (thrown != null) {
                result.completeExceptionally(thrown);
                return;
            }
            took(read, page);
            proceed();
        }));
    }

    private synchronized void took(Read read, Page<StoredTuple> page) {
        inFlight--;
        tuples.addAll(page.items());
        page.items().forEach(tuple -> enqueue(objectOf(tuple.key().user())));
        page.next()
                .ifPresent(token ->
                        waiting.add(new Read(read.object(), new PageQuery(TUPLES_PER_READ, Optional.of(token)))));
    }

    private void enqueue(String object) {
        int colon = object.indexOf(':');
        if (colon > 0
                && !object.endsWith(":*")
                && typesWithRelations.contains(object.substring(0, colon))
                && seen.add(object)) {
            waiting.add(new Read(object, PageQuery.first(TUPLES_PER_READ)));
        }
    }

    private static String objectOf(String user) {
        int hash = user.indexOf('#');
        return hash < 0 ? user : user.substring(0, hash);
    }
}
