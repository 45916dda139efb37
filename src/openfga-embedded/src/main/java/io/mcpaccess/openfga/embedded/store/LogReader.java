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
 * <p>What is no whole frame is told apart into what was never finished and what was damaged later. What stands before
 * the log's {@link LogMark} was acknowledged: whatever is wrong there is damage. Behind it a batch is one frame, and the
 * next is written after the disk has confirmed it; so an unfinished frame can only be the last. It is one that the file
 * ends in, or, when the machine lost power, one with a sector that is still all zeros, or zeros to the end.
 *
 * <p>For one thread.
 */
final class LogReader implements AutoCloseable {

    private static final int SECTOR = 512;
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final LogHeader header;
    private long offset;
    private long sequence;

    private LogReader(Path file, FileChannel channel, LogHeader header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.offset = header.framesAt();
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

    /** The present length of the file. */
    long length() throws IOException {
        return channel.size();
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
        Found found = look();
        if (found.payload() == null) {
            // First the mark, then another look: a writer may have finished the frame meanwhile.
            LogMark mark = LogMark.read(channel, header);
            found = look();
            if (found.payload() == null) {
                refuseDamage(found, mark);
                return Optional.empty();
            }
        }
        offset += LogFrame.HEADER + found.payload().length;
        sequence++;
        return Optional.of(found.payload());
    }

    /** A payload, or what is wrong where one is due. */
    private record Found(byte[] payload, String fault, boolean mayBeUnfinished) {
        static Found unfinished(String fault) {
            return new Found(null, fault, true);
        }

        static Found damaged(String fault) {
            return new Found(null, fault, false);
        }
    }

    private void refuseDamage(Found found, LogMark mark) throws CorruptLogException {
        if (isInState() && found.mayBeUnfinished()) {
            throw new CorruptLogException(file, offset, "the file ends within the state that it begins with");
        }
        if (!found.mayBeUnfinished() || offset < mark.offset()) {
            throw new CorruptLogException(file, offset, found.fault());
        }
    }

    private Found look() throws IOException {
        long size = channel.size();
        if (size < offset) {
            throw new CorruptLogException(file, size, "the file ends before what was read from it already");
        }
        if (size - offset < LogFrame.HEADER) {
            return Found.unfinished("the file ends before the last change that was acknowledged");
        }
        ByteBuffer frame = read(channel, offset, LogFrame.HEADER);
        if (!LogFrame.isHeader(frame)) {
            String fault = "the head of a change has a wrong checksum";
            return isEmpty(offset, size) ? Found.unfinished(fault) : Found.damaged(fault);
        }
        long end = offset + LogFrame.HEADER + LogFrame.length(frame);
        if (end > size) {
            return Found.unfinished("the file ends within a change that was acknowledged");
        }
        byte[] payload =
                read(channel, offset + LogFrame.HEADER, LogFrame.length(frame)).array();
        if (!LogFrame.isPayload(frame, payload)) {
            String fault = "a change has a wrong checksum";
            return end == size && hasEmptySector(offset, end, size) ? Found.unfinished(fault) : Found.damaged(fault);
        }
        if (LogFrame.sequence(frame) != sequence + 1) {
            return Found.damaged(
                    "change " + LogFrame.sequence(frame) + " stands where change " + (sequence + 1) + " is due");
        }
        return new Found(payload, "", false);
    }

    private boolean isEmpty(long from, long to) throws IOException {
        for (long at = from; at < to; at += CHUNK) {
            if (!isEmpty(read(channel, at, (int) Math.min(CHUNK, to - at)).array())) {
                return false;
            }
        }
        return true;
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
