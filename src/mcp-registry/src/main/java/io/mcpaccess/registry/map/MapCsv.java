package io.mcpaccess.registry.map;

import io.mcpaccess.core.text.CsvLines;
import io.mcpaccess.registry.am.DomainApplication;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The map as CSV (RFC 4180), one line a tool. Names come from MCP servers and users: a cell that a spreadsheet would take for
 * a formula gets an apostrophe in front, and hidden characters are written out.
 */
public final class MapCsv {

    private MapCsv() {}

    /**
     * Writes who may call what.
     *
     * @param page the map
     * @return lines that end with CR LF
     */
    public static String tools(MapPage<ToolAccess> page) {
        CsvLines out = new CsvLines();
        out.add(
                "server",
                "server_client_id",
                "tool",
                "scopes",
                "applications",
                "users",
                "everyone",
                "truncated",
                "reason_code");
        for (ToolAccess row : page.rows()) {
            out.add(
                    row.server(),
                    row.clientId(),
                    row.key(),
                    String.join(" ", row.scopes()),
                    joined(row.applications().stream()
                            .map(DomainApplication::clientId)
                            .toList()),
                    joined(row.users().ids()),
                    String.valueOf(row.users().everyone()),
                    String.valueOf(row.users().truncated()),
                    row.users().reasonCode().orElse(""));
        }
        return out.toString();
    }

    /**
     * Writes what one subject may call.
     *
     * @param subject the subject as it was asked for
     * @param page the map
     * @return lines that end with CR LF
     */
    public static String decisions(String subject, MapPage<ToolDecision> page) {
        CsvLines out = new CsvLines();
        out.add("subject", "server", "server_client_id", "tool", "scopes", "decision", "layer", "reason_code", "why");
        for (ToolDecision row : page.rows()) {
            out.add(
                    subject,
                    row.server(),
                    row.clientId(),
                    row.key(),
                    String.join(" ", row.scopes()),
                    String.valueOf(row.decision()),
                    row.layer().orElse(""),
                    row.reasonCode(),
                    row.why().orElse(""));
        }
        return out.toString();
    }

    private static String joined(List<String> values) {
        return values.stream().map(CsvLines::harmless).collect(Collectors.joining("; "));
    }
}
