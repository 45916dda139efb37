package io.mcpaccess.registry.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends in an exception when the import's bytes or time are used up. */
final class BoundedStream extends FilterInputStream {

    private final ImportBudget budget;
    private boolean atEnd;

    BoundedStream(InputStream body, ImportBudget budget) {
        super(body);
        this.budget = budget;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(read);
        return read;
    }

    /** Whether the body was read to its end. */
    boolean isAtEnd() {
        return atEnd;
    }

    private void count(int read) {
        atEnd = read < 0;
        budget.takeBytes(Math.max(read, 0));
        budget.timeLeft();
    }
}
