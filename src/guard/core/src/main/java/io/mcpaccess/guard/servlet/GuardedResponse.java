package io.mcpaccess.guard.servlet;

import io.mcpaccess.guard.ListFilter;
import io.mcpaccess.guard.McpHeaders;
import io.mcpaccess.guard.McpSession;
import io.mcpaccess.guard.http.MediaTypes;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * A response in which the client gets its own ids of session and events, never the server's, and in which lists of tools go
 * through a filter. What it is made of is known when the server begins to write: an event stream goes event by event, a
 * filtered body as a whole, anything else as it is.
 */
final class GuardedResponse extends HttpServletResponseWrapper {
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String CONTENT_LENGTH = "Content-Length";
    private static final String FOR_ONE_USER = "private, no-store";

    private final McpSession session;
    private final Optional<ListFilter> filter;
    private long length = -1;
    private ServerMessages messages;
    private PrintWriter writer;
    private ServletOutputStream bytes;

    GuardedResponse(HttpServletResponse response, McpSession session, Optional<ListFilter> filter) {
        super(response);
        this.session = session;
        this.filter = filter;
        if (filter.isPresent()) {
            response.setHeader(CACHE_CONTROL, FOR_ONE_USER);
        }
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(new LateWriter(this::writerForServer));
        }
        return writer;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (bytes == null) {
            bytes = new LateBytes(this::isRead, this::bytesAsTheyAre, this::gatherer);
        }
        return bytes;
    }

    /** Whether what the server writes is read, message by message. */
    private boolean isRead() {
        return filter.isPresent() || MediaTypes.isEventStream(getContentType());
    }

    private java.io.Writer writerForServer() throws IOException {
        return isRead() ? messages() : withLength(super.getWriter());
    }

    private ServletOutputStream bytesAsTheyAre() throws IOException {
        return withLength(super.getOutputStream());
    }

    private Utf8Gatherer gatherer() throws IOException {
        setCharacterEncoding(StandardCharsets.UTF_8.name());
        return new Utf8Gatherer(messages());
    }

    private ServerMessages messages() throws IOException {
        if (messages == null) {
            Function<String, Optional<String>> visible = filter.<Function<String, Optional<String>>>map(
                            list -> list::apply)
                    .orElse(Optional::of);
            messages = new ServerMessages(
                    visible,
                    session::eventForClient,
                    MediaTypes.isEventStream(getContentType()),
                    super.getWriter(),
                    ServerMessages.MOST_CHARACTERS);
        }
        return messages;
    }

    /** The length that the server announced holds for what goes on as it is. */
    private <T> T withLength(T target) {
        if (length >= 0 && !isCommitted()) {
            super.setContentLengthLong(length);
        }
        return target;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (!isRead()) {
            withLength(this);
        }
        super.flushBuffer();
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase(McpHeaders.SESSION_ID)) {
            session.forClient(value).ifPresent(id -> super.setHeader(name, id));
        } else if (name.equalsIgnoreCase(CONTENT_LENGTH)) {
            setContentLengthLong(value == null ? -1 : Long.parseLong(value.strip()));
        } else if (isServers(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase(McpHeaders.SESSION_ID) || name.equalsIgnoreCase(CONTENT_LENGTH)) {
            setHeader(name, value);
        } else if (isServers(name)) {
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

    /** The server's caching rules do not hold for a list made for one user. */
    private boolean isServers(String header) {
        return filter.isEmpty() || !header.equalsIgnoreCase(CACHE_CONTROL);
    }

    /** A server that begins again begins with the same caching rules. */
    @Override
    public void reset() {
        super.reset();
        length = -1;
        if (filter.isPresent()) {
            super.setHeader(CACHE_CONTROL, FOR_ONE_USER);
        }
    }

    @Override
    public void setContentLength(int announced) {
        setContentLengthLong(announced);
    }

    /** Kept until it is known whether what the server writes goes on as it is. */
    @Override
    public void setContentLengthLong(long announced) {
        length = announced;
    }

    /** Passes on what a server that is done has written. */
    void finish() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (messages != null) {
            messages.finish();
            messages.flush();
        }
    }
}
