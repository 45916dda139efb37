package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Writes a new log with a state of its own and puts it in the place of the old one, at once and for good. Until
 * {@link #commit} nothing is seen of it. The caller holds the store's lock.
 */
final class LogReplacement implements AutoCloseable {

    private static final int BUFFER = 1 << 20;

    private final Path file;
    private final Path unfinished;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private long sequence;

    /** Begins a log that will be put in the place of the file, or be the first there. */
    LogReplacement(Path file) throws IOException {
        this.file = file;
        this.unfinished = file.resolveSibling(file.getFileName() + ".new");
        this.channel = PrivateFiles.open(
                unfinished,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING));
        channel.position(LogHeader.SIZE);
    }

    /** Adds a frame to the state. */
    void add(byte[] payload) throws IOException {
        ByteBuffer frame = LogFrame.encode(++sequence, payload);
        if (frame.remaining() > buffer.remaining()) {
            flush();
        }
        if (frame.remaining() > buffer.remaining()) {
            writeAll(frame);
        } else {
            buffer.put(frame);
        }
    }

    /**
     * Ends the state and puts the new log in its place.
     *
     * @param generation the new log's name, never 0
     * @param continues the old log's generation when the new one begins with its last state, else 0
     * @param continuesAt the number of the old log's last frame
     */
    void commit(long generation, long continues, long continuesAt) throws IOException {
        flush();
        ByteBuffer header = new LogHeader(generation, continues, continuesAt, channel.position(), sequence).toBytes();
        while (header.hasRemaining()) {
            channel.write(header, header.position());
        }
        channel.force(true);
        channel.close();
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(file.toAbsolutePath().getParent());
    }

    /** A new name in a directory is on the disk when the directory is. Linux and macOS open one for reading. */
    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    private void flush() throws IOException {
        writeAll(buffer.flip());
        buffer.clear();
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Frees the file and, when it was not put in place, removes it. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(unfinished);
    }
}
