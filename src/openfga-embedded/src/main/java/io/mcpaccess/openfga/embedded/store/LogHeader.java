package io.mcpaccess.openfga.embedded.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first bytes of a log file. A log begins with a state and goes on with the changes made since.
 *
 * @param generation names this file among all that ever had its path; never 0
 * @param continues the generation whose last state is the state of this file; 0 when it is another state
 * @param continuesAt the number of the last frame of that generation
 * @param stateEnd the offset of the first change
 * @param stateFrames how many frames the state has; the first change has the next number
 * @param hasMark whether a {@link LogMark} follows; logs of the first version have none
 */
record LogHeader(long generation, long continues, long continuesAt, long stateEnd, long stateFrames, boolean hasMark) {

    /** {@code MCPFGA} and the version of the format. */
    private static final long MAGIC = 0x4D43_5046_4741_0002L;

    private static final long WITHOUT_MARK = 0x4D43_5046_4741_0001L;

    /** All that stands before the first frame, the mark included. */
    static final int SIZE = LogMark.END;

    private static final int FIELDS = 6 * Long.BYTES + Integer.BYTES;

    /** The header of a new log. */
    LogHeader(long generation, long continues, long continuesAt, long stateEnd, long stateFrames) {
        this(generation, continues, continuesAt, stateEnd, stateFrames, true);
    }

    /** The offset of the first frame. */
    int framesAt() {
        return hasMark ? SIZE : FIELDS;
    }

    ByteBuffer toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(FIELDS);
        bytes.putLong(hasMark ? MAGIC : WITHOUT_MARK)
                .putLong(generation)
                .putLong(continues)
                .putLong(continuesAt)
                .putLong(stateEnd)
                .putLong(stateFrames);
        bytes.putInt(checksum(bytes));
        return bytes.flip();
    }

    /** Empty when the bytes are no header. */
    static Optional<LogHeader> of(ByteBuffer bytes) {
        if (bytes.remaining() < FIELDS
                || bytes.getLong(0) != MAGIC && bytes.getLong(0) != WITHOUT_MARK
                || bytes.getInt(FIELDS - Integer.BYTES) != checksum(bytes)) {
            return Optional.empty();
        }
        return Optional.of(new LogHeader(
                bytes.getLong(Long.BYTES),
                bytes.getLong(2 * Long.BYTES),
                bytes.getLong(3 * Long.BYTES),
                bytes.getLong(4 * Long.BYTES),
                bytes.getLong(5 * Long.BYTES),
                bytes.getLong(0) == MAGIC));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(FIELDS - Integer.BYTES));
        return (int) crc.getValue();
    }
}
