package io.mcpaccess.registry.page;

import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.map.EngineView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** Who may call what: users or groups below each other, servers and tools beside each other. */
final class WhoView {

    private static final int ROWS_A_PAGE = 50;

    private final AmDomains domains;
    private final EngineView engine;
    private final MatrixReader reader;

    WhoView(AmDomains domains, EngineView engine, LongSupplier nanoTime) {
        this.domains = domains;
        this.engine = engine;
        this.reader = new MatrixReader(engine, nanoTime);
    }

    void write(Markup html, PageContext page, ViewQuery query, Progress progress) {
        List<DomainTool> all = DomainTool.of(domains.servers(page.domainId()), engine.access());
        List<DomainTool> tools = all.stream()
                .filter(tool -> tool.matches(query.folded("q")))
                .filter(tool -> query.text("tool").isEmpty() || tool.name().equals(query.text("tool")))
                .toList();
        boolean isByGroup = query.text("by").equals("group");
        form(html, page, query, isByGroup);
        progress.step();
        if (tools.isEmpty()) {
            html.open("div", "class", "card")
                    .leaf("p", page.text(all.isEmpty() ? "servers.none" : "nothing.found"))
                    .close();
            return;
        }
        if (isByGroup) {
            byGroup(html, page, query, tools, progress);
        } else {
            byUser(html, page, query, tools, progress);
        }
        html.open("p", "class", "soft")
                .text(page.text("map.files"))
                .text(" ")
                .leaf("a", page.text("map.table"), "href", file(page, query, "html"))
                .text(" \u00b7 ")
                .leaf("a", "CSV", "href", file(page, query, "csv"))
                .text(" \u00b7 ")
                .leaf("a", "JSON", "href", file(page, query, "json"))
                .close();
    }

    private static String file(PageContext page, ViewQuery query, String format) {
        return page.here().with("q", query.text("q")).with("format", format).toString();
    }

    private static void form(Markup html, PageContext page, ViewQuery query, boolean isByGroup) {
        Controls.beginForm(html, page, page.text("search"));
        Controls.field(html, page.text("filter.tools"), "q", query.text("q"), "", null);
        Controls.field(html, page.text("filter.who"), "who", query.text("who"), "", null);
        html.open("label").text(page.text("rows")).open("select", "name", "by");
        Controls.option(html, "user", page.text("by.user"), !isByGroup);
        Controls.option(html, "group", page.text("by.group"), isByGroup);
        html.close().close();
        if (!query.text("tool").isEmpty()) {
            html.open("label").text(page.text("column.tool")).open("select", "name", "tool");
            Controls.option(html, query.text("tool"), query.text("tool"), true);
            Controls.option(html, "", page.text("all.tools"), false);
            html.close().close();
        }
        Controls.hidden(html, "open", query.text("open"));
        Controls.endForm(html, page);
    }

    private void byUser(Markup html, PageContext page, ViewQuery query, List<DomainTool> tools, Progress progress) {
        Map<DomainTool, Holders> holders = reader.users(tools, progress);
        Set<String> users = new TreeSet<>();
        holders.values().forEach(each -> users.addAll(each.subjects()));
        List<String> rows = users.stream()
                .filter(user -> shown(user).toLowerCase(Locale.ROOT).contains(query.folded("who")))
                .toList();
        table(html, page, query, tools, holders, rowsOf(query, rows).of(rows), rows.size());
        if (holders.values().stream().anyMatch(Holders::isCut)) {
            html.leaf("p", page.text("matrix.cut"), "class", "new");
        }
    }

    private void byGroup(Markup html, PageContext page, ViewQuery query, List<DomainTool> tools, Progress progress) {
        SubjectFinder.Found found = new SubjectFinder(engine).groups(progress);
        List<String> rows = found.subjects().stream()
                .filter(group -> shown(group).toLowerCase(Locale.ROOT).contains(query.folded("who")))
                .toList();
        List<String> shown = rowsOf(query, rows).of(rows);
        table(html, page, query, tools, reader.groups(tools, shown, progress), shown, rows.size());
        if (found.isCut()) {
            html.open("p", "class", "new")
                    .say(page.text("groups.cut"), SubjectFinder.MOST_TUPLES)
                    .close();
        }
    }

    private static PageSlice rowsOf(ViewQuery query, List<String> rows) {
        return new PageSlice("page", query.page("page"), ROWS_A_PAGE, rows.size());
    }

    private static void table(
            Markup html,
            PageContext page,
            ViewQuery query,
            List<DomainTool> tools,
            Map<DomainTool, Holders> holders,
            List<String> shown,
            int total) {
        PageSlice slice = new PageSlice("page", query.page("page"), ROWS_A_PAGE, total);
        MatrixColumns columns = MatrixColumns.of(tools, query.text("open"), query.page("tools"));
        PageLink link = page.here()
                .with("q", query.text("q"))
                .with("who", query.text("who"))
                .with("by", query.text("by"))
                .with("tool", query.text("tool"))
                .with("open", query.text("open"));
        PageLink sameColumns = columns.slice().number() == 1
                ? link
                : link.with("tools", columns.slice().number());
        Controls.pages(html, page, link.with("page", slice.number()), columns.slice());
        new MatrixTable(html, page, link, tools, holders).write(columns, shown, total);
        Controls.pages(html, page, sameColumns, slice);
    }

    /** A subject as people write it: a user without its type, all else as tuples have it. */
    static String shown(String subject) {
        String text = Identifiers.decode(subject);
        return text.startsWith("user:") ? text.substring("user:".length()) : text;
    }
}
