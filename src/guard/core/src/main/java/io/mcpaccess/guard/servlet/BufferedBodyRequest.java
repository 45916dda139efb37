package io.mcpaccess.guard.servlet;

import io.mcpaccess.guard.ServerRequest;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An allowed request as the server reads it: the message and the headers that the guard decided about, always UTF-8. */
final class BufferedBodyRequest extends HttpServletRequestWrapper {
    private static final String CONTENT_LENGTH = "Content-Length";

    private final ServerRequest forServer;

    BufferedBodyRequest(HttpServletRequest request, ServerRequest forServer) {
        super(request);
        this.forServer = forServer;
    }

    private List<String> header(String name) {
        return forServer.header(name, Collections.list(super.getHeaders(name)));
    }

    @Override
    public String getHeader(String name) {
        List<String> values = header(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(header(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(Collections.list(super.getHeaderNames()));
        names.addAll(forServer.headers().keySet());
        names.removeIf(name -> header(name).isEmpty());
        return Collections.enumeration(names);
    }

    @Override
    public int getIntHeader(String name) {
        return name.equalsIgnoreCase(CONTENT_LENGTH) ? getContentLength() : super.getIntHeader(name);
    }

    /** What comes behind a body in chunks was not looked at (RFC 9110, section 6.5). */
    @Override
    public Map<String, String> getTrailerFields() {
        return Map.of();
    }

    @Override
    public boolean isTrailerFieldsReady() {
        return true;
    }

    @Override
    public String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Bytes(new ByteArrayInputStream(forServer.body()));
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new StringReader(new String(forServer.body(), StandardCharsets.UTF_8)));
    }

    @Override
    public String getCharacterEncoding() {
        return StandardCharsets.UTF_8.name();
    }

    @Override
    public int getContentLength() {
        return forServer.hasBody() ? forServer.body().length : -1;
    }

    @Override
    public long getContentLengthLong() {
        return getContentLength();
    }

    private static final class Bytes extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Bytes(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            try {
                if (!isFinished()) {
                    listener.onDataAvailable();
                }
                listener.onAllDataRead();
            } catch (IOException failure) {
                listener.onError(failure);
            }
        }
    }
}
