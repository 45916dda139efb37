package io.mcpaccess.registry.page;

import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.registry.plan.RegisteredServer;
import java.util.List;
import java.util.Map;

/** The matrix as a table: two rows of headings, servers and tools, and a row for each subject. For one page. */
final class MatrixTable {

    private final Markup html;
    private final PageContext page;
    private final PageLink link;
    private final List<DomainTool> tools;
    private final Map<DomainTool, Holders> holders;

    MatrixTable(
            Markup html, PageContext page, PageLink link, List<DomainTool> tools, Map<DomainTool, Holders> holders) {
        this.html = html;
        this.page = page;
        this.link = link;
        this.tools = tools;
        this.holders = holders;
    }

    void write(MatrixColumns columns, List<String> subjects, int total) {
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-labelledby", "matrix")
                .open("table", "class", "matrix")
                .open("caption", "id", "matrix")
                .say(page.text("matrix.caption"), tools.size(), total)
                .close();
        html.open("thead")
                .open("tr")
                .leaf("th", page.text("column.who"), "scope", "col", "rowspan", "2", "class", "corner");
        columns.widths().forEach((server, width) -> heading(columns, server, width));
        html.close().open("tr");
        columns.columns().forEach(this::heading);
        html.close().close().open("tbody");
        if (holders.values().stream().anyMatch(Holders::isEveryone)) {
            row(columns, page.text("everyone"), "user:*");
        }
        subjects.forEach(subject -> row(columns, WhoView.shown(subject), subject));
        html.close().close().close();
        if (total == 0) {
            html.open("div", "class", "card")
                    .leaf("p", page.text("matrix.nobody"))
                    .close();
        }
    }

    private void heading(MatrixColumns columns, RegisteredServer server, int width) {
        html.open("th", "scope", "colgroup", "colspan", String.valueOf(width)).leaf("bdi", server.name());
        boolean isFolded = columns.isFolded(server);
        if (isFolded
                || columns.open().filter(server::equals).isPresent()
                        && columns.widths().size() > 1) {
            html.text(" ")
                    .open(
                            "a",
                            "href",
                            link.with("open", isFolded ? server.clientId() : "").toString())
                    .text(page.text(isFolded ? "unfold" : "fold"))
                    .open("span", "class", "sr")
                    .text(" ")
                    .text(server.name())
                    .close()
                    .close();
        }
        html.close();
    }

    private void heading(MatrixColumns.Column column) {
        html.open("th", "scope", "col");
        if (column.isFolded()) {
            html.open("span", "class", "soft")
                    .say(page.text("tools.count"), column.tools().size())
                    .close();
        } else {
            DomainTool tool = column.tools().get(0);
            html.open(
                            "a",
                            "href",
                            PageLink.to(View.WHO).with("tool", tool.name()).toString())
                    .code(tool.tool().key())
                    .close();
            holders.get(tool)
                    .reason()
                    .ifPresent(reason ->
                            html.text(" ").leaf("span", page.texts().get("reason." + reason, reason), "class", "bad"));
        }
        html.close();
    }

    private void row(MatrixColumns columns, String name, String subject) {
        boolean isUser = subject.startsWith("user:") && !subject.endsWith(":*");
        html.open("tr").open("th", "scope", "row");
        if (isUser) {
            html.open(
                            "a",
                            "href",
                            PageLink.to(View.WHY)
                                    .with("subject", Identifiers.decode(subject))
                                    .toString())
                    .leaf("bdi", name)
                    .close();
        } else {
            html.leaf("bdi", name);
        }
        html.close();
        columns.columns().forEach(column -> cell(column, subject, isUser));
        html.close();
    }

    private void cell(MatrixColumns.Column column, String subject, boolean isUser) {
        long held = column.tools().stream()
                .filter(tool -> holders.get(tool).has(subject))
                .count();
        html.open("td", "class", held == 0 ? "no" : "yes");
        if (column.isFolded()) {
            html.text(held + "\u2009/\u2009" + column.tools().size());
        } else if (isUser) {
            // To be clicked at; whoever uses the keyboard comes to the same by the row's heading, in two steps and not
            // in 600.
            html.open(
                    "a",
                    "tabindex",
                    "-1",
                    "href",
                    PageLink.to(View.WHY)
                            .with("subject", Identifiers.decode(subject))
                            .with("tool", column.tools().get(0).name())
                            .toString());
            mark(held > 0);
            html.close();
        } else {
            mark(held > 0);
        }
        html.close();
    }

    private void mark(boolean isHeld) {
        html.leaf("span", isHeld ? "\u2713" : "\u2013", "aria-hidden", "true")
                .leaf("span", page.text(isHeld ? "cell.yes" : "cell.no"), "class", "sr");
    }
}
