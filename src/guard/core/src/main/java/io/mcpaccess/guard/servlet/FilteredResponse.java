package io.mcpaccess.guard.servlet;

import io.mcpaccess.guard.McpSession;
import io.mcpaccess.guard.ToolListFilter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A response whose text goes through a filter. The filtered text is shorter or longer, so its length is not announced. */
final class FilteredResponse extends GuardedResponse {
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String FOR_ONE_USER = "private, no-store";

    private final ToolListFilter filter;
    private ServerMessages messages;
    private PrintWriter writer;
    private ServletOutputStream bytes;

    FilteredResponse(HttpServletResponse response, McpSession session, ToolListFilter filter) {
        super(response, session);
        this.filter = filter;
        response.setHeader(CACHE_CONTROL, FOR_ONE_USER);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            String type = String.valueOf(getContentType());
            messages = new ServerMessages(filter::apply, type.startsWith("text/event-stream"), super.getWriter());
            writer = new PrintWriter(messages);
        }
        return writer;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (bytes == null) {
            setCharacterEncoding(StandardCharsets.UTF_8.name());
            bytes = new Bytes(getWriter(), this::finish);
        }
        return bytes;
    }

    @Override
    public void setHeader(String name, String value) {
        if (isServers(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (isServers(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, String.valueOf(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, String.valueOf(value));
    }

    /** A server that begins again begins with the same caching rules. */
    @Override
    public void reset() {
        super.reset();
        super.setHeader(CACHE_CONTROL, FOR_ONE_USER);
    }

    /** The server's caching rules do not hold for a list made for one user, and its length is another. */
    private static boolean isServers(String header) {
        return !header.equalsIgnoreCase(CACHE_CONTROL) && !header.equalsIgnoreCase("Content-Length");
    }

    @Override
    public void setContentLength(int length) {
        // Not known before the text is filtered.
    }

    @Override
    public void setContentLengthLong(long length) {
        // Not known before the text is filtered.
    }

    /** Passes on what a server that is done has written. */
    void finish() throws IOException {
        if (messages != null) {
            writer.flush();
            messages.finish();
            messages.flush();
        }
    }

    /** What is done when a server closes its answer, as one does that writes later. */
    private interface End {
        void reached() throws IOException;
    }

    /** Bytes of UTF-8 text, gathered until they are whole characters. */
    private static final class Bytes extends ServletOutputStream {
        private final Utf8Gatherer gatherer;
        private final End end;

        Bytes(PrintWriter target, End end) {
            this.gatherer = new Utf8Gatherer(target);
            this.end = end;
        }

        @Override
        public void write(int one) {
            gatherer.write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            gatherer.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            gatherer.flush();
        }

        @Override
        public void close() throws IOException {
            end.reached();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("A list of tools is written without a write listener.");
        }
    }
}
