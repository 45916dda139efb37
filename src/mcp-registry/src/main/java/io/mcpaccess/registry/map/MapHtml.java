package io.mcpaccess.registry.map;

import io.mcpaccess.registry.am.DomainApplication;
import java.util.List;
import java.util.Optional;

/**
 * The map as a page for a browser: a table that its headings sort, a form to filter, links to the other pages. Rendered
 * here, without script, without a request to anywhere; it is served on the origin of AM's management API, so its policy
 * allows one style sheet by its hash and nothing else. The markup is well-formed XML as well, which a test can check.
 */
public final class MapHtml {

    /** How many tools the page has unless said. */
    public static final int PAGE_SIZE = 50;

    private static final int SHOWN = 20;

    private static final Column SERVER = new Column("Server", Optional.of(MapQuery.Sort.SERVER));
    private static final Column TOOL = new Column("Tool", Optional.of(MapQuery.Sort.TOOL));
    private static final Column SCOPES = new Column("Scopes, all needed", Optional.of(MapQuery.Sort.SCOPES));

    private MapHtml() {}

    /** A column, and how the page is sorted by it. */
    private record Column(String name, Optional<MapQuery.Sort> sort) {

        static Column of(String name) {
            return new Column(name, Optional.empty());
        }
    }

    /**
     * The Content-Security-Policy that the page needs and no more.
     *
     * @return the header's value
     */
    public static String contentSecurityPolicy() {
        return MapStyle.SHEET.contentSecurityPolicy();
    }

    /**
     * Renders who may call what.
     *
     * @param domainName the domain
     * @param page the map
     * @return the page
     */
    public static String tools(String domainName, MapPage<ToolAccess> page) {
        MapLinks links = new MapLinks(page.query(), "");
        Html html = head("Who may call which MCP tool", domainName, "", page, links);
        beginTable(
                html,
                caption(page),
                List.of(
                        SERVER,
                        TOOL,
                        SCOPES,
                        Column.of("Applications that may ask"),
                        Column.of("Users with permission")),
                page.query(),
                links);
        for (ToolAccess row : page.rows()) {
            beginRow(html, row.server(), row.key());
            codes(html, row.scopes());
            html.raw("</td><td>");
            Optional<String> whole = page.query().full() ? Optional.empty() : Optional.of(links.toWhole(row.key()));
            list(
                    html,
                    row.applications().stream().map(MapHtml::label).toList(),
                    whole,
                    "applications of " + row.key(),
                    "nobody");
            html.raw("</td><td>");
            users(html, row, whole);
            html.raw("</td></tr>\n");
        }
        return foot(html, page, links);
    }

    private static String label(DomainApplication application) {
        return application.name() + " (" + application.clientId() + ")";
    }

    private static void users(Html html, ToolAccess row, Optional<String> whole) {
        ToolAccess.Users users = row.users();
        users.reasonCode()
                .ifPresent(reason -> html.raw("<p class=\"no\">").text(reason).raw("</p>"));
        if (users.everyone()) {
            html.raw("<p>Everyone</p>");
        }
        boolean explained = users.everyone() || users.reasonCode().isPresent();
        list(html, users.ids(), whole, "users of " + row.key(), explained ? "" : "nobody");
        if (users.truncated()) {
            html.raw("<p>and perhaps more: the engine stopped at its limit</p>");
        }
    }

    /** A link and not a fold: a thousand users in each of fifty rows would be the most of the page. */
    private static void list(
            Html html, List<String> values, Optional<String> whole, String what, String whereNobodyIs) {
        if (values.isEmpty()) {
            html.raw(whereNobodyIs);
            return;
        }
        boolean isCut = whole.isPresent() && values.size() > SHOWN;
        html.raw("<ul>");
        (isCut ? values.subList(0, SHOWN) : values)
                .forEach(value -> html.raw("<li>").text(value).raw("</li>"));
        html.raw("</ul>");
        if (isCut) {
            html.raw("<p>and " + (values.size() - SHOWN) + " more: <a href=\"" + whole.get() + "\">all " + values.size()
                            + " ")
                    .text(what)
                    .raw("</a></p>");
        }
    }

    private static void codes(Html html, List<String> values) {
        values.forEach(value -> html.raw("<code>").text(value).raw("</code> "));
        html.raw(values.isEmpty() ? "none" : "");
    }

    /**
     * Renders what one subject may call.
     *
     * @param domainName the domain
     * @param subject the subject as it was asked for
     * @param page the map
     * @return the page
     */
    public static String decisions(String domainName, String subject, MapPage<ToolDecision> page) {
        MapLinks links = new MapLinks(page.query(), subject);
        Html html = head("What " + subject + " may call", domainName, subject, page, links);
        beginTable(
                html,
                caption(page) + " The permission alone is asked here; the scopes have to be in the token.",
                List.of(SERVER, TOOL, SCOPES, Column.of("Decision"), Column.of("Layer and reason")),
                page.query(),
                links);
        for (ToolDecision row : page.rows()) {
            beginRow(html, row.server(), row.key());
            codes(html, row.scopes());
            html.raw("</td><td>")
                    .raw(row.decision() ? "allowed" : "<span class=\"no\">denied</span>")
                    .raw("</td><td>")
                    .text(row.layer().map(layer -> layer + ": ").orElse("") + row.reasonCode());
            row.why().ifPresent(why -> html.raw("<pre>").text(why).raw("</pre>"));
            html.raw("</td></tr>\n");
        }
        return foot(html, page, links);
    }

    private static void beginRow(Html html, String server, String tool) {
        html.raw("<tr><td>")
                .text(server)
                .raw("</td><th scope=\"row\"><code>")
                .text(tool)
                .raw("</code></th><td>");
    }

    private static void beginTable(Html html, String caption, List<Column> columns, MapQuery query, MapLinks links) {
        html.raw("<table><caption>").text(caption).raw("</caption><thead><tr>");
        for (Column column : columns) {
            boolean isSorted = column.sort().filter(query.sort()::equals).isPresent();
            String sorted = query.descending() ? "descending" : "ascending";
            html.raw("<th scope=\"col\"" + (isSorted ? " aria-sort=\"" + sorted + "\"" : "") + ">");
            column.sort()
                    .ifPresent(sort -> html.raw("<a href=\"")
                            .raw(links.sortedBy(sort, isSorted && !query.descending()))
                            .raw("\">"));
            html.text(column.name()).raw(column.sort().isPresent() ? "</a></th>" : "</th>");
        }
        html.raw("</tr></thead><tbody>\n");
    }

    private static String caption(MapPage<?> page) {
        return page.total() + " tools, page " + page.query().page() + " of " + page.pages() + ", sorted by "
                + page.query().sort().wireName() + (page.query().descending() ? ", last first." : ".");
    }

    private static Html head(String title, String domainName, String subject, MapPage<?> page, MapLinks links) {
        Html html = new Html()
                .raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\" />")
                .raw("<meta name=\"viewport\" content=\"width=device-width\" /><title>")
                .text(title)
                .raw("</title><style>" + MapStyle.SHEET.css() + "</style></head><body><main><h1>")
                .text(title)
                .raw("</h1><p>Domain ")
                .text(domainName)
                .raw(". A call needs both: the scopes in the token, and the user's permission.</p>");
        html.raw("<form method=\"get\"><label>Filter by server, tool or scope<input name=\"q\" value=\"")
                .text(page.query().filter())
                .raw(
                        "\" /></label><label>Only what one subject may call<input name=\"subject\" placeholder=\"user:alice\""
                                + " value=\"")
                .text(subject)
                .raw("\" /></label>");
        hidden(html, "sort", page.query().sort().wireName());
        hidden(html, "order", page.query().descending() ? "desc" : "asc");
        hidden(html, "size", String.valueOf(page.query().size()));
        hidden(html, "format", "html");
        return html.raw("<button>Show</button><a href=\"").raw(links.toCsv()).raw("\">As CSV</a></form>");
    }

    private static void hidden(Html html, String name, String value) {
        html.raw("<input type=\"hidden\" name=\"" + name + "\" value=\"")
                .text(value)
                .raw("\" />");
    }

    private static String foot(Html html, MapPage<?> page, MapLinks links) {
        html.raw("</tbody></table><nav aria-label=\"Pages\">");
        int current = page.query().page();
        if (current > 1) {
            html.raw("<a href=\"").raw(links.toPage(current - 1)).raw("\">Previous page</a>");
        }
        if (current < page.pages()) {
            html.raw("<a href=\"").raw(links.toPage(current + 1)).raw("\">Next page</a>");
        }
        return html.raw("</nav></main></body></html>\n").toString();
    }
}
