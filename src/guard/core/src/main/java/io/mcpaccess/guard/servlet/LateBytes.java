package io.mcpaccess.guard.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** The bytes of a server, gathered to text where they are read, and as they are where not: known at the first byte. */
final class LateBytes extends ServletOutputStream {
    /** Opens a target. */
    interface Opening<T> {
        T open() throws IOException;
    }

    private final BooleanSupplier isRead;
    private final Opening<ServletOutputStream> asTheyAre;
    private final Opening<Utf8Gatherer> asText;
    private ServletOutputStream raw;
    private Utf8Gatherer text;

    LateBytes(BooleanSupplier isRead, Opening<ServletOutputStream> asTheyAre, Opening<Utf8Gatherer> asText) {
        this.isRead = isRead;
        this.asTheyAre = asTheyAre;
        this.asText = asText;
    }

    private boolean isText() throws IOException {
        if (raw == null && text == null) {
            if (isRead.getAsBoolean()) {
                text = asText.open();
            } else {
                raw = asTheyAre.open();
            }
        }
        return text != null;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (isText()) {
            text.write(bytes, offset, length);
        } else {
            raw.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        if (isText()) {
            text.flush();
        } else {
            raw.flush();
        }
    }

    /** A server closes its answer when it writes later than in its own call. */
    @Override
    public void close() throws IOException {
        if (isText()) {
            text.close();
        } else {
            raw.close();
        }
    }

    @Override
    public boolean isReady() {
        return raw == null || raw.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            if (isText()) {
                throw new IllegalStateException("Events and lists of tools are written without a write listener.");
            }
            raw.setWriteListener(listener);
        } catch (IOException unopened) {
            listener.onError(unopened);
        }
    }
}
