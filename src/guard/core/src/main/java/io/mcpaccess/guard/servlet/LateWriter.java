package io.mcpaccess.guard.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Writes to what is only known at the first character: a server may say what it writes after it asked for the writer. */
final class LateWriter extends Writer {
    /** Where to write, once that is known. */
    interface Target {
        Writer open() throws IOException;
    }

    private final Target target;
    private Writer open;

    LateWriter(Target target) {
        this.target = target;
    }

    private Writer opened() throws IOException {
        if (open == null) {
            open = target.open();
        }
        return open;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        opened().write(text, offset, length);
    }

    @Override
    public void flush() throws IOException {
        opened().flush();
        requireClient(open);
    }

    /**
     * A container's writer keeps its failures to itself; a server must hear that nobody reads any more.
     *
     * @param writer a writer of the container, or any other
     * @throws IOException when it failed
     */
    static void requireClient(Writer writer) throws IOException {
        if (writer instanceof PrintWriter container && container.checkError()) {
            throw new IOException("the client is gone");
        }
    }

    @Override
    public void close() throws IOException {
        opened().close();
    }
}
