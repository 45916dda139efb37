package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, again and again, and looks at what is left. */
class CrashTest {

    private static final int KILLS = Integer.getInteger("crash.kills", 100);
    private static final String MODEL = """
            {"schema_version": "1.1", "type_definitions": [{"type": "user"}, {"type": "tool",
              "relations": {"reader": {"this": {}}},
              "metadata": {"relations": {"reader": {"directly_related_user_types": [{"type": "user"}]}}}}]}
            """;

    @Test
    void losesNoAcknowledgedWriteAndShowsNoHalfOne(@TempDir Path one, @TempDir Path other) {
        List<CompletableFuture<Integer>> runs = Stream.of(one, other)
                .map(directory -> CompletableFuture.supplyAsync(() -> new Run(directory).kill(KILLS / 2)))
                .toList();
        int acknowledged = runs.stream().mapToInt(CompletableFuture::join).sum();
        assertThat(acknowledged).as("writes in all").isGreaterThan(KILLS * WriterProcess.THREADS);
    }

    /** One store and its writers, one after the other. */
    private static final class Run {
        private final Path directory;

        /** The last change that is known to be on the disk, for each thread. */
        private final int[] last = new int[WriterProcess.THREADS];

        private int acknowledged;

        Run(Path directory) {
            this.directory = directory;
            Arrays.fill(last, -1);
        }

        /** Gives how many writes were acknowledged. */
        int kill(int kills) {
            try {
                killAll(kills);
                return acknowledged;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void killAll(int kills) throws IOException, InterruptedException {
            try (DurableStore first = open()) {
                first.engine().addModel(MODEL);
            }
            Random random = new Random();
            try (DurableStore gateway = open()) {
                for (int kill = 0; kill < kills; kill++) {
                    int[] said = writeAndKill(random, gateway);
                    try (DurableStore left = open()) {
                        for (int thread = 0; thread < WriterProcess.THREADS; thread++) {
                            int found = lastChange(left.engine().tuples(), thread);
                            assertThat(found)
                                    .as("thread %s after kill %s: acknowledged %s", thread, kill, said[thread])
                                    .isBetween(said[thread], said[thread] + 1);
                            last[thread] = found;
                        }
                        assertThat(left.engine().models()).hasSize(1);
                    }
                }
            }
        }

        /** Gives the last change that the process said was acknowledged, for each thread. */
        private int[] writeAndKill(Random random, DurableStore gateway) throws IOException, InterruptedException {
            int[] said = last.clone();
            Process process = start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                // Some are killed before their first write, while they read and repair. The others are waited for by
                // what
                // they have written: on a busy machine time alone would kill all of them before they have begun.
                int atLeast = random.nextInt(10) > 0 ? 1 + random.nextInt(8 * WriterProcess.THREADS) : 0;
                for (int line = 0; line < atLeast; line++) {
                    take(lines.readLine(), said);
                }
                // Slept and not awaited: a crash comes at any moment, not at one that this test could watch for.
                TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
                for (int thread = 0; thread < WriterProcess.THREADS; thread++) {
                    lastChange(gateway.engine().tuples(), thread);
                }
                // The handle's way leaves the pipe open: what was acknowledged before the end is still to be read.
                process.toHandle().destroyForcibly();
                process.waitFor();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    take(line, said);
                }
            }
            return said;
        }

        private void take(String line, int[] said) {
            assertThat(line).as("the process has stopped by itself").isNotNull();
            String[] words = line.split(" ");
            if (words.length == 2) {
                said[Integer.parseInt(words[0])] = Integer.parseInt(words[1]);
                acknowledged++;
            }
        }

        private Process start() throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    WriterProcess.class.getName(),
                    directory.toString()));
            for (int change : last) {
                command.add(String.valueOf(change + 1));
            }
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        /** The last change of a thread; each change is there whole or not at all, and so is what it deleted. */
        private static int lastChange(TupleSnapshot tuples, int thread) {
            List<Integer> there = new ArrayList<>();
            for (int row = tuples.nextRow(0); row != 0; row = tuples.nextRow(row)) {
                String[] parts = tuples.tuple(row).key().user().split("[:-]");
                if (Integer.parseInt(parts[1]) == thread && parts[3].equals("a")) {
                    there.add(Integer.parseInt(parts[2]));
                }
            }
            there.sort(null);
            int last = there.isEmpty() ? -1 : there.get(there.size() - 1);
            for (int change = 0; change <= last; change++) {
                for (TupleKey key : WriterProcess.pair(thread, change)) {
                    assertThat(TupleLookup.row(tuples, key) != 0)
                            .as("%s after change %s", key.user(), last)
                            .isEqualTo(change > last - WriterProcess.KEPT);
                }
            }
            return last;
        }

        private DurableStore open() throws IOException {
            return DurableStore.open(new StoreFiles(directory, "store.yaml"), Clock.systemUTC(), new Random());
        }
    }
}
