package io.mcpaccess.guard.servlet;

import io.mcpaccess.guard.McpHeaders;
import io.mcpaccess.guard.McpSession;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** A response in which the client gets its own id of the session, never the server's. */
class GuardedResponse extends HttpServletResponseWrapper {
    private final McpSession session;

    GuardedResponse(HttpServletResponse response, McpSession session) {
        super(response);
        this.session = session;
    }

    @Override
    public void setHeader(String name, String value) {
        if (isSessionId(name)) {
            session.forClient(value).ifPresent(id -> super.setHeader(name, id));
        } else {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (isSessionId(name)) {
            setHeader(name, value);
        } else {
            super.addHeader(name, value);
        }
    }

    private static boolean isSessionId(String header) {
        return header.equalsIgnoreCase(McpHeaders.SESSION_ID);
    }
}
