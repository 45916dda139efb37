package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterLockTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void isHeldByOneInAProcessAndSurvivesTheFailureOfAnother() throws Exception {
        WriterLock held = WriterLock.acquire(lock(), Duration.ZERO, NOW);
        assertThatThrownBy(() -> WriterLock.acquire(lock(), Duration.ZERO, NOW))
                .isInstanceOf(StoreLockedException.class)
                .hasMessageContaining("since 2026-11-24T12:00:00Z");
        assertThat(otherProcessCanLock()).isFalse();
        held.close();
        assertThat(otherProcessCanLock()).isTrue();
    }

    @Test
    void isTakenOverAsSoonAsItIsGivenBack() throws Exception {
        WriterLock held = WriterLock.acquire(lock(), Duration.ZERO, NOW);
        CompletableFuture<WriterLock> next = CompletableFuture.supplyAsync(() -> {
            try {
                return WriterLock.acquire(lock(), Duration.ofSeconds(60), NOW);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(next).isNotDone();
        held.close();
        next.get(60, TimeUnit.SECONDS).close();
    }

    @Test
    void isOneLockWhateverWayTheDirectoryIsWritten() throws Exception {
        try (WriterLock held = WriterLock.acquire(lock(), Duration.ZERO, NOW)) {
            Path same = directory.resolve("..").resolve(directory.getFileName()).resolve("store.lock");
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> WriterLock.acquire(same, Duration.ZERO, NOW))
                    .isInstanceOf(StoreLockedException.class);
        }
    }

    private Path lock() {
        return directory.resolve("store.lock");
    }

    private boolean otherProcessCanLock() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OtherProcess.class.getName(),
                        lock().toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }

    /** Tries the lock and tells by its exit code. */
    static final class OtherProcess {
        private OtherProcess() {}

        /** Argument: the lock file. */
        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileLock lock = channel.tryLock();
                System.exit(lock == null ? 1 : 0);
            }
        }
    }
}
