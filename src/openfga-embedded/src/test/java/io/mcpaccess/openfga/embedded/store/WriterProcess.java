package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A process that writes to a store from several threads until it is killed, and says what was acknowledged. Each thread
 * has numbered changes of its own; a change adds two tuples and deletes the two of an earlier one.
 */
final class WriterProcess {

    static final int THREADS = 3;
    static final int KEPT = 5;

    private WriterProcess() {}

    /** Arguments: the store's directory, and the number of the next change for each thread. */
    public static void main(String[] arguments) throws Exception {
        StoreFiles files = new StoreFiles(Path.of(arguments[0]), "store.yaml");
        DurableStore store = DurableStore.open(files, Clock.systemUTC(), new Random(), 2048);
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            int next = Integer.parseInt(arguments[1 + thread]);
            new Thread(() -> write(store.engine(), number, next)).start();
        }
        // The parent ends the process; when it is gone itself, its end of the pipe is closed.
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private static void write(EmbeddedEngine engine, int thread, int next) {
        for (int change = next; ; change++) {
            List<TupleKey> deletes = change < KEPT ? List.of() : pair(thread, change - KEPT);
            engine.write(pair(thread, change).stream().map(StoredTuple::of).toList(), deletes);
            synchronized (System.out) {
                System.out.println(thread + " " + change);
                System.out.flush();
            }
        }
    }

    static List<TupleKey> pair(int thread, int change) {
        return Stream.of("a", "b")
                .map(half -> new TupleKey("user:" + thread + "-" + change + "-" + half, "reader", "tool:t"))
                .toList();
    }
}
