package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {

    @TempDir
    private Path directory;

    @Test
    void readsWhatWasWritten() throws IOException {
        write("one", "two", "three");
        assertThat(read()).containsExactly("state", "one", "two", "three");
    }

    @Test
    void readsOnWhereItWasWhenTheLogHasGrown() throws IOException {
        write("one");
        try (LogReader reader = LogReader.open(log())) {
            assertThat(rest(reader)).containsExactly("state", "one");
            append("two");
            assertThat(rest(reader)).containsExactly("two");
        }
    }

    @Test
    void takesAFileCutAnywhereForOneWhoseLastChangeWasNotFinished() throws IOException {
        write("one", "two");
        byte[] whole = unacknowledged("three");
        long twoEnds = endOf(2);
        for (int length = (int) twoEnds; length < whole.length; length++) {
            Files.write(log(), Arrays.copyOf(whole, length));
            assertThat(read()).as("cut at %s", length).containsExactly("state", "one", "two");
        }
    }

    @Test
    void cutsWhatWasNotFinishedAndWritesOnThere() throws IOException {
        write("one");
        byte[] whole = unacknowledged("two");
        Files.write(log(), Arrays.copyOf(whole, whole.length - 1));
        append("three");
        assertThat(read()).containsExactly("state", "one", "three");
    }

    @Test
    void takesSectorsThatAreStillEmptyForALostWrite() throws IOException {
        write("one");
        byte[] whole = unacknowledged("x".repeat(2000));
        Arrays.fill(whole, 1024, whole.length, (byte) 0);
        Files.write(log(), whole);
        assertThat(read()).containsExactly("state", "one");
    }

    @Test
    void refusesEveryBitThatTurnedBeforeTheLastChange() throws IOException {
        write("one", "two", "three");
        byte[] whole = Files.readAllBytes(log());
        long lastBegins = endOf(2);
        for (int at = LogHeader.SIZE; at < lastBegins; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(log(), damaged);
            int place = at;
            assertThatThrownBy(this::read)
                    .as("bit turned at %s", at)
                    .isInstanceOfSatisfying(CorruptLogException.class, e -> {
                        assertThat(e.file()).isEqualTo(log());
                        assertThat(e.offset()).isLessThanOrEqualTo(place).isGreaterThan(place - 64);
                        assertThat(e).hasMessageContaining(log() + ": damaged at byte " + e.offset());
                    });
        }
    }

    @Test
    void refusesABitThatTurnedInTheLastChange() throws IOException {
        write("one", "two");
        byte[] whole = Files.readAllBytes(log());
        whole[whole.length - 1] ^= 1;
        Files.write(log(), whole);
        assertThatThrownBy(this::read).isInstanceOf(CorruptLogException.class);
    }

    @Test
    void refusesAChangeThatIsMissingInTheMiddle() throws IOException {
        write("one", "two", "three");
        byte[] whole = Files.readAllBytes(log());
        int from = (int) endOf(1);
        int to = (int) endOf(2);
        byte[] shorter = Arrays.copyOf(whole, whole.length - (to - from));
        System.arraycopy(whole, to, shorter, from, whole.length - to);
        Files.write(log(), shorter);
        assertThatThrownBy(this::read).hasMessageContaining("change 4 stands where change 3 is due");
    }

    @Test
    void refusesALogThatEndsBeforeWhatWasAcknowledged() throws IOException {
        write("one", "two", "three");
        byte[] whole = Files.readAllBytes(log());
        for (int length = (int) endOf(0); length < whole.length; length++) {
            Files.write(log(), Arrays.copyOf(whole, length));
            assertThatThrownBy(this::read).as("cut at %s", length).isInstanceOf(CorruptLogException.class);
        }
    }

    @Test
    void opensAgainWhenItIsCutInTheWayThatTheErrorSays() throws IOException {
        write("one", "two", "three");
        byte[] whole = Files.readAllBytes(log());
        whole[(int) endOf(1) + 5] ^= 1;
        Files.write(log(), whole);
        int end = (int) endOf(1);
        assertThatThrownBy(this::read)
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("truncate -s " + end + " store.log")
                .hasMessageContaining("dd if=/dev/zero of=store.log bs=64 seek=1 count=1 conv=notrunc");
        byte[] cut = Arrays.copyOf(whole, end);
        Arrays.fill(cut, 64, 128, (byte) 0);
        Files.write(log(), cut);
        assertThat(read()).containsExactly("state", "one");
    }

    @Test
    void readsALogOfTheFirstVersion() throws IOException {
        write("one");
        byte[] whole = Files.readAllBytes(log());
        LogHeader header = LogReader.headerOf(log());
        int fields = new LogHeader(1, 0, 0, 0, 0, false).framesAt();
        int shift = whole.length - LogHeader.SIZE;
        byte[] old = Arrays.copyOf(
                new LogHeader(1, 0, 0, header.stateEnd() - LogHeader.SIZE + fields, 1, false)
                        .toBytes()
                        .array(),
                fields + shift);
        System.arraycopy(whole, LogHeader.SIZE, old, fields, shift);
        Files.write(log(), old);
        assertThat(read()).containsExactly("state", "one");
    }

    @Test
    void refusesAStateThatIsCutShort() throws IOException {
        write();
        byte[] whole = Files.readAllBytes(log());
        Files.write(log(), Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(this::read).hasMessageContaining("within the state");
    }

    @Test
    void refusesAFileThatIsNoLog() throws IOException {
        Files.writeString(log(), "name: store\nmodel: |\n  model\n    schema 1.1\n  type user\n\n\n\n\n\n");
        assertThatThrownBy(this::read).hasMessageContaining("not the beginning of a log");
    }

    @Test
    void leavesTheOldLogAloneUntilTheNewOneIsWhole() throws IOException {
        write("one");
        try (LogReplacement replacement = new LogReplacement(log())) {
            replacement.add(bytes("other"));
            assertThat(read()).containsExactly("state", "one");
        }
        assertThat(read()).containsExactly("state", "one");
        assertThat(directory.toFile().list())
                .containsExactly(log().getFileName().toString());
    }

    @Test
    void readsAReplacedLogToItsEndAndGoesOnInTheNewOne() throws IOException {
        write("one");
        try (LogReader old = LogReader.open(log())) {
            append("two");
            replace(2, 1, 3, "state");
            append("three");
            assertThat(rest(old)).containsExactly("state", "one", "two");
            try (LogReader latest = LogReader.open(log())) {
                assertThat(latest.header().continues()).isEqualTo(old.header().generation());
                assertThat(latest.header().continuesAt()).isEqualTo(old.sequence());
                latest.skipState();
                assertThat(rest(latest)).containsExactly("three");
            }
        }
    }

    private Path log() {
        return directory.resolve("store.log");
    }

    private void write(String... changes) throws IOException {
        replace(1, 0, 0, "state");
        append(changes);
    }

    private void replace(long generation, long continues, long continuesAt, String state) throws IOException {
        try (LogReplacement replacement = new LogReplacement(log())) {
            replacement.add(bytes(state));
            replacement.commit(generation, continues, continuesAt);
        }
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

    /** The log as it is when the machine stops while a change is written: the mark does not tell of it. */
    private byte[] unacknowledged(String change) throws IOException {
        byte[] before = Files.readAllBytes(log());
        append(change);
        byte[] whole = Files.readAllBytes(log());
        System.arraycopy(before, LogMark.AT, whole, LogMark.AT, LogMark.END - LogMark.AT);
        Files.write(log(), whole);
        return whole;
    }

    private List<String> read() throws IOException {
        try (LogReader reader = LogReader.open(log())) {
            return rest(reader);
        }
    }

    /** The end of a change, counted from the first, whose number is 1. */
    private long endOf(int change) throws IOException {
        try (LogReader reader = LogReader.open(log())) {
            for (int i = 0; i <= change; i++) {
                reader.next();
            }
            return reader.offset();
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
