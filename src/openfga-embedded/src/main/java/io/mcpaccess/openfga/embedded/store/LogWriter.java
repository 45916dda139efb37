package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends changes to a log, each on the disk before {@link #append} returns. The caller holds the store's lock.
 *
 * <p>For one thread, which must not be interrupted: Java closes a file when the thread that writes it is.
 */
final class LogWriter implements AutoCloseable {

    private final FileChannel channel;
    private long offset;
    private long sequence;

    private LogWriter(FileChannel channel, long offset, long sequence) {
        this.channel = channel;
        this.offset = offset;
        this.sequence = sequence;
    }

    /** Opens a log that was read to its end; what stands behind the last whole frame is cut off. */
    static LogWriter after(Path file, LogReader read) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.size() > read.offset()) {
                channel.truncate(read.offset());
                channel.force(true);
            }
            return new LogWriter(channel, read.offset(), read.sequence());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Appends one frame.
     *
     * @throws IOException when it is not certain that the frame is on the disk. This writer must then be closed, and the
     *     log read anew before anything else is written.
     */
    void append(byte[] payload) throws IOException {
        ByteBuffer frame = LogFrame.encode(sequence + 1, payload);
        long end = offset + frame.remaining();
        try {
            while (frame.hasRemaining()) {
                channel.write(frame, end - frame.remaining());
            }
            channel.force(false);
        } catch (IOException e) {
            takeBack(e);
            throw e;
        }
        offset = end;
        sequence++;
    }

    private void takeBack(IOException cause) {
        try {
            channel.truncate(offset);
            channel.force(true);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** The length of the log. */
    long size() {
        return offset;
    }

    /** The number of the last frame. */
    long sequence() {
        return sequence;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
