package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The right to write a store: a lock on a file beside it, for one process and in it for one holder.
 *
 * <p>The lock file stays where it is; removing it would let two processes lock two files of one name. Two holders in
 * one process (AM makes the new engine before it stops the old one, and the sandbox runs both nodes in one JVM with a
 * class loader each) are told apart by a system property, the one map that all class loaders share. The property is
 * claimed before the file is touched: POSIX drops a process's locks on a file as soon as the process closes any of its
 * handles to that file, so whoever merely opened it and failed would take the lock from the holder.
 */
final class WriterLock implements AutoCloseable {

    private static final String CLAIM = "io.mcpaccess.engine.writer:";
    private static final Duration STEP = Duration.ofMillis(20);
    private static final int NOTE_LENGTH = 200;

    private final String claim;
    private final FileChannel channel;

    private WriterLock(String claim, FileChannel channel) {
        this.claim = claim;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param file the lock file; its directory exists
     * @param patience how long to wait for the present holder: an engine that is being replaced goes soon
     * @param now for the note that tells others who holds the lock
     * @throws StoreLockedException when somebody else holds it all the time
     */
    static WriterLock acquire(Path file, Duration patience, Instant now) throws IOException {
        Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        String claim = CLAIM + real;
        String note = "process " + ProcessHandle.current().pid() + ", since " + now;
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            String holder = (String) System.getProperties().putIfAbsent(claim, note);
            if (holder == null) {
                FileChannel channel = lock(claim, note, real);
                if (channel != null) {
                    return new WriterLock(claim, channel);
                }
                holder = noteOf(real);
            }
            if (System.nanoTime() >= deadline) {
                throw new StoreLockedException(file, holder);
            }
            pause();
        }
    }

    private static FileChannel lock(String claim, String note, Path file) throws IOException {
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = PrivateFiles.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            lock = channel.tryLock();
            if (lock != null) {
                write(channel, note);
            }
            return lock == null ? null : channel;
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (lock == null) {
                System.getProperties().remove(claim);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static void write(FileChannel channel, String note) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((note + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    }

    /** Only asked while no holder is in this process. */
    private static String noteOf(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(NOTE_LENGTH);
            channel.read(bytes, 0);
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(STEP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting for the store's lock", e);
        }
    }

    /** Gives the lock back. The file is closed first: the next holder in this process opens it anew. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            System.getProperties().remove(claim);
        }
    }
}
