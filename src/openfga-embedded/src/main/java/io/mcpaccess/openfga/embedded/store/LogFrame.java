package io.mcpaccess.openfga.embedded.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The unit of a log: written whole, and good or bad as a whole. Its header has a checksum of its own, so that a broken
 * length is not taken for the end of the file.
 */
final class LogFrame {

    /** Length, sequence number, checksum of these two, checksum of the payload. */
    static final int HEADER = Integer.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

    /** Far above any batch that is written; a longer one is refused before it is written. */
    static final int MAX_PAYLOAD = 64 * 1024 * 1024;

    private static final int SUMMED = Integer.BYTES + Long.BYTES;

    private LogFrame() {}

    static ByteBuffer encode(long sequence, byte[] payload) {
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("a change has at most " + MAX_PAYLOAD + " bytes");
        }
        ByteBuffer frame = ByteBuffer.allocate(HEADER + payload.length);
        frame.putInt(payload.length).putLong(sequence);
        frame.putInt(checksum(frame.array(), 0, SUMMED));
        frame.putInt(checksum(payload, 0, payload.length));
        return frame.put(payload).flip();
    }

    static boolean isHeader(ByteBuffer header) {
        int length = header.getInt(0);
        return header.getInt(SUMMED) == checksum(header.array(), 0, SUMMED) && length >= 0 && length <= MAX_PAYLOAD;
    }

    static int length(ByteBuffer header) {
        return header.getInt(0);
    }

    static long sequence(ByteBuffer header) {
        return header.getLong(Integer.BYTES);
    }

    static boolean isPayload(ByteBuffer header, byte[] payload) {
        return header.getInt(SUMMED + Integer.BYTES) == checksum(payload, 0, payload.length);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
