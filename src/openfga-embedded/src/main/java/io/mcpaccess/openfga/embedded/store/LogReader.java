package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Reads a log from its beginning to its end, and on when it has grown. Holds the file open: when the path is given to
 * a new file, the old one can still be read to its end.
 *
 * <p>What is no whole frame is told apart into what was never finished and what was damaged later. A batch is one
 * frame, and the next is written after the disk has confirmed it; so an unfinished frame can only be the last. It is
 * one that the file ends in, or, when the machine lost power, one with a sector that is still all zeros.
 *
 * <p>For one thread.
 */
final class LogReader implements AutoCloseable {

    private static final int SECTOR = 512;

    private final Path file;
    private final FileChannel channel;
    private final LogHeader header;
    private long offset;
    private long sequence;

    private LogReader(Path file, FileChannel channel, LogHeader header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.offset = LogHeader.SIZE;
    }

    /**
     * Opens a log.
     *
     * @throws java.nio.file.NoSuchFileException when there is none
     * @throws CorruptLogException when the file is no log
     */
    static LogReader open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new LogReader(file, channel, header(file, channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Tells which log stands at a path now. */
    static LogHeader headerOf(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return header(file, channel);
        }
    }

    private static LogHeader header(Path file, FileChannel channel) throws IOException {
        return LogHeader.of(read(channel, 0, LogHeader.SIZE))
                .orElseThrow(() -> new CorruptLogException(file, 0, "this is not the beginning of a log"));
    }

    LogHeader header() {
        return header;
    }

    /** The end of the last whole frame that was read. */
    long offset() {
        return offset;
    }

    /** The number of the last frame that was read; 0 before the first. */
    long sequence() {
        return sequence;
    }

    /** Leaves the state out, for a reader that has it already. */
    void skipState() {
        offset = header.stateEnd();
        sequence = header.stateFrames();
    }

    boolean isInState() {
        return offset < header.stateEnd();
    }

    /**
     * Reads the next frame.
     *
     * @return its payload; empty when the log ends here, or when what follows is not finished
     * @throws CorruptLogException when what follows was damaged
     */
    Optional<byte[]> next() throws IOException {
        long size = channel.size();
        if (size < offset) {
            throw new CorruptLogException(file, size, "the file ends before what was read from it already");
        }
        if (size - offset < LogFrame.HEADER) {
            return unfinished();
        }
        ByteBuffer frame = read(channel, offset, LogFrame.HEADER);
        if (!LogFrame.isHeader(frame)) {
            if (hasEmptySector(offset, offset + LogFrame.HEADER, size)) {
                return unfinished();
            }
            throw new CorruptLogException(file, offset, "the head of a change has a wrong checksum");
        }
        long end = offset + LogFrame.HEADER + LogFrame.length(frame);
        if (end > size) {
            return unfinished();
        }
        byte[] payload =
                read(channel, offset + LogFrame.HEADER, LogFrame.length(frame)).array();
        if (!LogFrame.isPayload(frame, payload)) {
            if (end == size && hasEmptySector(offset, end, size)) {
                return unfinished();
            }
            throw new CorruptLogException(file, offset, "a change has a wrong checksum");
        }
        if (LogFrame.sequence(frame) != sequence + 1) {
            throw new CorruptLogException(
                    file,
                    offset,
                    "change " + LogFrame.sequence(frame) + " stands where change " + (sequence + 1) + " is due");
        }
        offset = end;
        sequence++;
        return Optional.of(payload);
    }

    private Optional<byte[]> unfinished() throws CorruptLogException {
        if (isInState()) {
            throw new CorruptLogException(file, offset, "the file ends within the state that it begins with");
        }
        return Optional.empty();
    }

    private boolean hasEmptySector(long from, long to, long size) throws IOException {
        for (long sector = from - from % SECTOR; sector < to; sector += SECTOR) {
            long start = Math.max(from, sector);
            long end = Math.min(size, sector + SECTOR);
            if (isEmpty(read(channel, start, (int) (end - start)).array())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEmpty(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {}
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
