package io.mcpaccess.guard.proxy.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines of a bounded length; what is longer is left out to its end. For one thread. */
final class LineReader {
    private static final int BUFFER = 8192;

    private final InputStream stream;
    private final int mostBytes;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int end;
    private long dropped;

    LineReader(InputStream stream, int mostBytes) {
        this.stream = stream;
        this.mostBytes = mostBytes;
    }

    /**
     * @return the next line without its end; empty at the end of the stream
     */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        while (true) {
            if (position == end) {
                end = Math.max(0, stream.read(buffer));
                position = 0;
                if (end == 0) {
                    return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
                }
            }
            byte one = buffer[position++];
            if (one == '\n') {
                if (!tooLong) {
                    return Optional.of(line.toByteArray());
                }
                dropped++;
                tooLong = false;
                line.reset();
            } else if (line.size() < mostBytes) {
                line.write(one);
            } else {
                tooLong = true;
            }
        }
    }

    /**
     * @return how many lines were too long
     */
    long dropped() {
        return dropped;
    }
}
