package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends changes to a log, each on the disk before {@link #append} returns. The caller holds the store's lock.
 *
 * <p>For one thread, which must not be interrupted: Java closes a file when the thread that writes it is.
 */
final class LogWriter implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(LogWriter.class);

    private final FileChannel channel;
    private final LogHeader header;
    private long offset;
    private long sequence;

    private LogWriter(FileChannel channel, LogHeader header, long offset, long sequence) {
        this.channel = channel;
        this.header = header;
        this.offset = offset;
        this.sequence = sequence;
    }

    /** Opens a log that was read to its end; what stands behind the last whole frame is cut off. */
    static LogWriter after(Path file, LogReader read) throws IOException {
        FileChannel channel = PrivateFiles.open(file, Set.of(StandardOpenOption.WRITE));
        try {
            if (channel.size() > read.offset()) {
                channel.truncate(read.offset());
                channel.force(true);
            }
            LogWriter writer = new LogWriter(channel, read.header(), read.offset(), read.sequence());
            writer.mark();
            return writer;
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
        } catch (Throwable e) {
            // Also an Error: a frame that nobody was told of must not be followed by another of the same number.
            takeBack(e);
            throw e;
        }
        offset = end;
        sequence++;
        mark();
    }

    private void takeBack(Throwable cause) {
        try {
            channel.truncate(offset);
            channel.force(true);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** The change is on the disk; a mark that cannot be written only guards less. */
    private void mark() {
        if (header.hasMark()) {
            try {
                new LogMark(offset, sequence).write(channel, header);
            } catch (IOException e) {
                LOGGER.debug("A log's mark was not written: {}", e.getMessage());
            }
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
