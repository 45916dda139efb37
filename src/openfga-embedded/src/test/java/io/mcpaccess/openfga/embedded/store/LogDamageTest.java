package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every damage of one bit or one sector of a log is harmless or refused: a change that was acknowledged, such as a
 * revocation, never gets lost in silence.
 */
class LogDamageTest {

    private static final List<Integer> SECTORS = List.of(512, 4096);

    @TempDir
    private Path directory;

    @Test
    void attack_everySingleBit() throws IOException {
        List<String> content = write(14, 30);
        byte[] whole = Files.readAllBytes(log());
        try (FileChannel file = FileChannel.open(log(), StandardOpenOption.WRITE)) {
            for (int at = 0; at < whole.length; at++) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    put(file, at, (byte) (whole[at] ^ 1 << bit));
                    isHarmlessOrRefused(content, "bit " + bit + " of byte " + at);
                }
                put(file, at, whole[at]);
            }
        }
    }

    /** The lengths let frames and the file end everywhere within a sector, at its very beginning and end too. */
    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void attack_everySingleSectorWhereverTheLastChangeEnds(int sector) throws IOException {
        Random random = new Random(3);
        for (int length = 0; length < 512; length += 5) {
            List<String> content = write(6, 60 + length);
            byte[] whole = Files.readAllBytes(log());
            for (int at = 0; at < whole.length; at += sector) {
                for (int kind = 0; kind < 3; kind++) {
                    byte[] damaged = whole.clone();
                    damage(damaged, at, Math.min(whole.length, at + sector), kind, random);
                    Files.write(log(), damaged);
                    isHarmlessOrRefused(content, "sector " + sector + " at " + at + ", length " + length);
                }
            }
        }
    }

    @Test
    void everySectorOfALongerLog() throws IOException {
        Random random = new Random(4);
        List<String> content = write(300, 90);
        byte[] whole = Files.readAllBytes(log());
        for (int sector : SECTORS) {
            for (int at = 0; at < whole.length; at += sector) {
                for (int kind = 0; kind < 3; kind++) {
                    byte[] damaged = whole.clone();
                    damage(damaged, at, Math.min(whole.length, at + sector), kind, random);
                    Files.write(log(), damaged);
                    isHarmlessOrRefused(content, "sector " + sector + " at " + at);
                }
            }
        }
    }

    /** A disk that stops in the middle of a write leaves any of its sectors empty; nobody was told of the change. */
    @Test
    void aLostWriteTakesNothingElseWithIt() throws IOException {
        List<String> content = write(5, 100);
        byte[] before = Files.readAllBytes(log());
        append("y".repeat(3000));
        byte[] whole = Files.readAllBytes(log());
        System.arraycopy(before, 0, whole, 0, LogHeader.SIZE);
        for (int end = before.length; end <= whole.length; end++) {
            byte[] lost = Arrays.copyOf(whole, whole.length);
            Arrays.fill(
                    lost, end - end % 512 < before.length ? before.length : end - end % 512, whole.length, (byte) 0);
            Files.write(log(), Arrays.copyOf(lost, end));
            assertThat(read()).as("ends at %s", end).containsExactlyElementsOf(content);
            Files.write(log(), lost);
            assertThat(read()).as("zeros from %s", end).containsExactlyElementsOf(content);
        }
    }

    private static void damage(byte[] bytes, int from, int to, int kind, Random random) {
        byte[] garbage = new byte[to - from];
        if (kind == 1) {
            Arrays.fill(garbage, (byte) 0xff);
        } else if (kind == 2) {
            random.nextBytes(garbage);
        }
        System.arraycopy(garbage, 0, bytes, from, garbage.length);
    }

    private void isHarmlessOrRefused(List<String> content, String damage) throws IOException {
        try {
            List<String> found = read();
            if (!found.equals(content)) {
                assertThat(found).as(damage).isEqualTo(content);
            }
        } catch (CorruptLogException e) {
            // Refused.
        }
    }

    private Path log() {
        return directory.resolve("store.log");
    }

    private static void put(FileChannel file, int at, byte value) throws IOException {
        file.write(ByteBuffer.wrap(new byte[] {value}), at);
    }

    private List<String> write(int changes, int length) throws IOException {
        try (LogReplacement replacement = new LogReplacement(log())) {
            replacement.add(bytes("state"));
            replacement.commit(1, 0, 0);
        }
        List<String> content = new ArrayList<>(List.of("state"));
        for (int change = 0; change < changes - 1; change++) {
            content.add("change " + change + " of a tuple");
        }
        content.add("z".repeat(length));
        append(content.subList(1, content.size()).toArray(String[]::new));
        return content;
    }

    private void append(String... changes) throws IOException {
        try (LogReader reader = LogReader.open(log())) {
            rest(reader);
            try (LogWriter writer = LogWriter.after(log(), reader)) {
                for (String change : changes) {
                    writer.append(bytes(change));
                }
            }
        }
    }

    private List<String> read() throws IOException {
        try (LogReader reader = LogReader.open(log())) {
            return rest(reader);
        }
    }

    private static List<String> rest(LogReader reader) throws IOException {
        List<String> rest = new ArrayList<>();
        for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
            rest.add(new String(next.get(), StandardCharsets.UTF_8));
        }
        return rest;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
