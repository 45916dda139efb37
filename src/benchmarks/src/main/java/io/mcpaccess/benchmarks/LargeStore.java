package io.mcpaccess.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.store.DurableStore;
import io.mcpaccess.openfga.embedded.store.StoreFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/** How long a store of a million tuples takes to load, in a JVM of its own and cold, and how much memory it takes. */
final class LargeStore {

    private static final int TUPLES = 1_000_000;
    private static final String STORE = "store.fga.yaml";
    private static final ObjectMapper JSON = new ObjectMapper();

    private LargeStore() {}

    /** Arguments: what to do, and the directory. Prints what was measured. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "make-jsonl" -> makeJsonLines(directory);
            case "make-yaml" -> makeYaml(directory);
            case "make-log" -> makeLog(directory);
            case "load" -> load(directory);
            case "memory" -> System.out.println(memory());
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Prints seconds, and those of the processor: on a busy machine the first says more about the others. */
    private static void load(Path directory) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long busy = threads.getCurrentThreadCpuTime();
        try (DurableStore store = open(directory)) {
            System.out.println((System.nanoTime() - start) / 1e9);
            System.out.println((threads.getCurrentThreadCpuTime() - busy) / 1e9);
            int size = store.engine().tuples().size();
            if (size < TUPLES * 0.99) {
                throw new IllegalStateException("only " + size + " tuples");
            }
        }
    }

    /** Bytes a tuple: the heap with the store, less the heap without. */
    private static double memory() {
        long before = used();
        EmbeddedEngine engine = new World(TUPLES).engine();
        long after = used();
        return (double) (after - before) / engine.tuples().size();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static DurableStore open(Path directory) throws IOException {
        return DurableStore.open(new StoreFiles(directory, STORE), Clock.systemUTC(), new Random(1));
    }

    private static void makeJsonLines(Path directory) throws IOException {
        Files.writeString(
                directory.resolve(STORE), "model: |\n" + World.MODEL.indent(2) + "tuple_file: tuples.jsonl\n");
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("tuples.jsonl"));
                JsonGenerator json = JSON.createGenerator(out)) {
            json.setRootValueSeparator(null);
            new World(TUPLES).each(tuple -> {
                try {
                    json.writeStartObject();
                    json.writeStringField("user", tuple.key().user());
                    json.writeStringField("relation", tuple.key().relation());
                    json.writeStringField("object", tuple.key().object());
                    if (tuple.condition().isPresent()) {
                        json.writePOJOField("condition", tuple.condition().get());
                    }
                    json.writeEndObject();
                    json.writeRaw('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static void makeYaml(Path directory) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve(STORE))) {
            out.write("model: |\n" + World.MODEL.indent(2) + "tuples:\n");
            new World(TUPLES).each(tuple -> {
                try {
                    out.write("  - user: "
                            + tuple.key().user()
                            + "\n    relation: " + tuple.key().relation() + "\n    object: "
                            + tuple.key().object() + "\n");
                    if (tuple.condition().isPresent()) {
                        out.write("    condition: {name: small, context: {limit: 10}}\n");
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** A store file of which a log exists: what a node that starts again finds. */
    private static void makeLog(Path directory) throws IOException {
        makeJsonLines(directory);
        try (DurableStore store = open(directory)) {
            TupleKey key = new TupleKey("user:late", "reader", "document:late");
            store.engine().write(List.of(StoredTuple.of(key)), List.of());
        }
    }
}
