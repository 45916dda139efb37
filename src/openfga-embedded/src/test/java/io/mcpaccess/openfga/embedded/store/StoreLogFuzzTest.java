package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs that no engine has written: reading one ends soon, with what an engine has written, or with an {@link IOException}
 * and nothing else. Runs for seconds in every build and longer with {@code -Pfuzz}; begins with the corpus, which keeps
 * what was found once.
 */
class StoreLogFuzzTest {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 5));
    private static final Path CORPUS = Path.of("src/test/resources/fuzz/store-log");
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final List<String> PIECES = List.of(
            "{\"size\":[1,2,3]}",
            "{\"size\":[2000000000,2000000000,2000000000]}",
            "{\"size\":[-1,0,null]}",
            "{\"owner\":\"a\"}",
            "{\"owner\":null}",
            "{\"base\":{}}",
            "{\"base\":{\"files\":{\"../x\":\"y\"},\"model\":1}}",
            "{\"base\":7}",
            "{\"model\":[\"x\",\"{}\"]}",
            "{\"model\":[\"01ARZ3NDEKTSV4RRFFQ69G5FAV\","
                    + "\"{\\\"schema_version\\\":\\\"1.1\\\",\\\"type_definitions\\\":[{\\\"type\\\":\\\"user\\\"}]}\"]}",
            "{\"added\":[[\"user:a\",\"r\",\"tool:t\"]]}",
            "{\"added\":[[\"\",\"\",\"\"]]}",
            "{\"added\":[[\"a\",\"b\",\"c\",\"d\",{\"x\":1}]]}",
            "{\"deleted\":[[\"user:a\",\"r\",\"tool:t\"]]}",
            "{\"file\":[]}",
            "{\"changes\":[{\"delete\":[[\"user:a\",\"r\",\"tool:t\"]],\"add\":[]}]}",
            "{\"changes\":[{\"model\":[\"x\",\"nonsense\"]}]}",
            "{\"changes\":[{\"delete\":[],\"add\":[[\"user:a#b#c\",\"r\",\"x\"]]}]}",
            "{\"changes\":null}",
            "{}",
            "[]",
            "null",
            "");

    @TempDir
    private Path directory;

    @Test
    void readsTheCorpusAsItIs() throws IOException {
        Map<String, byte[]> corpus = corpus();
        assertThat(corpus).isNotEmpty();
        for (Map.Entry<String, byte[]> each : corpus.entrySet()) {
            assertThat(outcome(each.getValue()).isPresent())
                    .as(each.getKey())
                    .isEqualTo(each.getKey().startsWith("good"));
        }
    }

    @Test
    void endsWithAStateOrARefusal() throws IOException {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        List<byte[]> corpus = new ArrayList<>(corpus().values());
        long end = System.nanoTime() + TIME.toNanos();
        for (int round = 0; System.nanoTime() < end; round++) {
            byte[] log =
                    random.nextBoolean() ? torn(corpus.get(random.nextInt(corpus.size())), random) : framed(random);
            long begun = System.nanoTime();
            try {
                outcome(log);
            } catch (RuntimeException | Error e) {
                Files.write(Path.of("target", "store-log-" + seed + "-" + round + ".log"), log);
                throw new AssertionError("seed " + seed + ", round " + round + ": keep the log under " + CORPUS, e);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("seed %s, round %s", seed, round)
                    .isLessThan(SOON);
        }
    }

    /** The number of tuples; empty when the log was refused. */
    private Optional<Integer> outcome(byte[] log) throws IOException {
        StoreFiles files = new StoreFiles(directory, "store.yaml");
        Files.write(files.log(), log);
        try {
            StoreLoader.Loaded loaded = new StoreLoader(files).load();
            loaded.log().close();
            return Optional.of(loaded.image().table().current().size());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Map<String, byte[]> corpus() throws IOException {
        Map<String, byte[]> all = new HashMap<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                all.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return all;
    }

    /** A log with some places where something is cut out, put in or turned. */
    private static byte[] torn(byte[] log, Random random) {
        byte[] now = log;
        for (int i = random.nextInt(4); i >= 0 && now.length > 0; i--) {
            int at = random.nextInt(now.length);
            int cut = Math.min(now.length - at, random.nextInt(3) == 0 ? random.nextInt(600) : 0);
            byte[] put = new byte[random.nextInt(3) == 0 ? random.nextInt(600) : 0];
            if (random.nextBoolean()) {
                random.nextBytes(put);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(now, 0, at);
            out.writeBytes(put);
            out.write(now, at + cut, now.length - at - cut);
            now = out.toByteArray();
            if (now.length > 0) {
                now[random.nextInt(now.length)] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return now;
    }

    /** Frames whose checksums are right, whatever is in them. */
    private static byte[] framed(Random random) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        int state = random.nextInt(4);
        int stateEnd = LogHeader.SIZE;
        int count = random.nextInt(8);
        for (int i = 1; i <= count; i++) {
            byte[] payload = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
            if (payload.length > 0 && random.nextInt(4) == 0) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            }
            frames.writeBytes(LogFrame.encode(i, payload).array());
            stateEnd = i == state ? LogHeader.SIZE + frames.size() : stateEnd;
        }
        LogHeader header = new LogHeader(1, 0, 0, stateEnd, Math.min(state, count));
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        log.writeBytes(header.toBytes().array());
        log.writeBytes(new byte[LogHeader.SIZE - log.size()]);
        log.writeBytes(frames.toByteArray());
        return log.toByteArray();
    }
}
