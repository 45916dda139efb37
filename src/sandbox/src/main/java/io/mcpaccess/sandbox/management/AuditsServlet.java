package io.mcpaccess.sandbox.management;

import io.mcpaccess.sandbox.data.AuditRow;
import io.mcpaccess.sandbox.data.Tables;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * The sandbox's own: {@code GET /sandbox/audits?domain=&type=}, the audit entries of both nodes as a JSON list, the oldest first. Without
 * authentication, because a sandbox guards nothing.
 */
final class AuditsServlet extends HttpServlet {
    static final String PATH = "/sandbox/audits";

    private final transient Tables tables;

    AuditsServlet(Tables tables) {
        this.tables = tables;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String domain = request.getParameter("domain");
        String type = request.getParameter("type");
        response.setContentType("application/json;charset=utf-8");
        response.getWriter()
                .write(tables.audits()
                        .where(row -> (domain == null || domain.equals(row.domain()))
                                && (type == null || type.equals(row.type())))
                        .sorted(Comparator.comparingLong(AuditRow::timestamp))
                        .map(AuditRow::json)
                        .collect(Collectors.joining(",", "[", "]")));
    }
}
