package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * How far a log was acknowledged: what stands before it is there whole, or the log was damaged. It stands behind the
 * header of the file, in two places that are written in turn, so that one of them is always good.
 *
 * <p>It is written after the disk has confirmed the frame it tells of, and not confirmed itself: after a power loss it
 * may tell of too little, never of too much.
 *
 * @param offset the end of the last acknowledged frame
 * @param sequence the number of that frame
 */
record LogMark(long offset, long sequence) {

    /** Where the two places begin. */
    static final int AT = 64;

    /** Both places are in the sector of the header, which is written as one. */
    static final int END = 128;

    private static final int SLOT = (END - AT) / 2;
    private static final int SUMMED = 2 * Long.BYTES;

    /**
     * Reads a log's mark.
     *
     * @return the end of the state where no mark can be read
     */
    static LogMark read(FileChannel channel, LogHeader header) throws IOException {
        LogMark latest = new LogMark(header.stateEnd(), header.stateFrames());
        if (!header.hasMark()) {
            return latest;
        }
        ByteBuffer bytes = ByteBuffer.allocate(END - AT);
        while (bytes.hasRemaining() && channel.read(bytes, AT + bytes.position()) >= 0) {}
        for (int slot = 0; slot + SLOT <= bytes.position(); slot += SLOT) {
            LogMark mark = new LogMark(bytes.getLong(slot), bytes.getLong(slot + Long.BYTES));
            if (bytes.getInt(slot + SUMMED) == mark.checksum(header) && mark.sequence > latest.sequence) {
                latest = mark;
            }
        }
        return latest;
    }

    void write(FileChannel channel, LogHeader header) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SUMMED + Integer.BYTES);
        bytes.putLong(offset).putLong(sequence).putInt(checksum(header)).flip();
        long at = AT + (sequence & 1) * SLOT;
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
    }

    private int checksum(LogHeader header) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(header.generation())
                .putLong(offset)
                .putLong(sequence)
                .flip());
        return (int) crc.getValue();
    }
}
