package io.mcpaccess.engine.registry.map;

import io.mcpaccess.engine.registry.am.DomainApplication;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The map as a page for a browser: a table, a form to filter and sort, links to the other pages. Rendered here, without
 * script, without a request to anywhere; it is served on the origin of AM's management API, so its policy allows one style
 * sheet by its hash and nothing else.
 */
public final class MapHtml {

    /** How many tools the page has unless said. */
    public static final int PAGE_SIZE = 50;

    private static final int USERS_SHOWN = 20;

    private static final String STYLE = "body{font:15px/1.45 system-ui,sans-serif;margin:1.5rem;color:#1a1a1a}"
            + "h1{font-size:1.4rem}form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:1rem 0}"
            + "label{display:flex;flex-direction:column;font-size:.85rem;gap:.2rem}input,select,button{font:inherit;"
            + "padding:.3rem .5rem}table{border-collapse:collapse;width:100%}caption{text-align:left;padding:.4rem 0}"
            + "th,td{border:1px solid #767676;padding:.4rem .5rem;text-align:left;vertical-align:top;"
            + "overflow-wrap:anywhere}thead th{background:#eee}code{font-family:ui-monospace,monospace}"
            + "ul{margin:0;padding-left:1.1rem}.no{font-weight:600}nav{margin:1rem 0;display:flex;gap:1rem}"
            + "pre{white-space:pre-wrap;margin:0}"
            + "@media print{form,nav{display:none}thead{display:table-header-group}tr{break-inside:avoid}"
            + "details::details-content{content-visibility:visible;block-size:auto}}";

    private MapHtml() {}

    /**
     * The Content-Security-Policy that the page needs and no more.
     *
     * @return the header's value
     */
    public static String contentSecurityPolicy() {
        return "default-src 'none'; style-src 'sha256-" + hash(STYLE)
                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Renders who may call what.
     *
     * @param domainName the domain
     * @param page the map
     * @return the page
     */
    public static String tools(String domainName, MapPage<ToolAccess> page) {
        Html html = head("Who may call which MCP tool", domainName, "", page);
        html.raw("<table><caption>").text(caption(page)).raw("</caption><thead><tr>");
        headings(
                html,
                List.of("Server", "Tool", "Scopes, all needed", "Applications that may ask", "Users with permission"));
        for (ToolAccess row : page.rows()) {
            html.raw("<tr><td>")
                    .text(row.server())
                    .raw("</td><th scope=\"row\"><code>")
                    .text(row.key());
            html.raw("</code></th><td>");
            codes(html, row.scopes());
            html.raw("</td><td>");
            list(html, row.applications().stream().map(MapHtml::label).toList(), false);
            html.raw("</td><td>");
            users(html, row.users());
            html.raw("</td></tr>\n");
        }
        return foot(html, "", page);
    }

    private static String label(DomainApplication application) {
        return application.name() + " (" + application.clientId() + ")";
    }

    private static void users(Html html, ToolAccess.Users users) {
        users.reasonCode()
                .ifPresent(reason -> html.raw("<p class=\"no\">").text(reason).raw("</p>"));
        if (users.everyone()) {
            html.raw("<p>Everyone</p>");
        }
        list(html, users.ids(), users.everyone() || users.reasonCode().isPresent());
        if (users.truncated()) {
            html.raw("<p>and perhaps more: the engine stopped at its limit</p>");
        }
    }

    private static void list(Html html, List<String> values, boolean emptyIsExplained) {
        if (values.isEmpty()) {
            html.raw(emptyIsExplained ? "" : "nobody");
            return;
        }
        items(html, values.subList(0, Math.min(values.size(), USERS_SHOWN)));
        if (values.size() > USERS_SHOWN) {
            html.raw("<details><summary>")
                    .text((values.size() - USERS_SHOWN) + " more")
                    .raw("</summary>");
            items(html, values.subList(USERS_SHOWN, values.size()));
            html.raw("</details>");
        }
    }

    private static void items(Html html, List<String> values) {
        html.raw("<ul>");
        values.forEach(value -> html.raw("<li>").text(value).raw("</li>"));
        html.raw("</ul>");
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
        Html html = head("What " + subject + " may call", domainName, subject, page);
        html.raw("<table><caption>")
                .text(caption(page) + " Scopes are not looked at here: they are of a token.")
                .raw("</caption><thead><tr>");
        headings(html, List.of("Server", "Tool", "Decision", "Reason"));
        for (ToolDecision row : page.rows()) {
            html.raw("<tr><td>")
                    .text(row.server())
                    .raw("</td><th scope=\"row\"><code>")
                    .text(row.key());
            html.raw("</code></th><td>")
                    .raw(row.decision() ? "allowed" : "<span class=\"no\">denied</span>")
                    .raw("</td><td>")
                    .text(row.reasonCode());
            row.why().ifPresent(why -> html.raw("<pre>").text(why).raw("</pre>"));
            html.raw("</td></tr>\n");
        }
        return foot(html, subject, page);
    }

    private static void headings(Html html, List<String> names) {
        names.forEach(name -> html.raw("<th scope=\"col\">").text(name).raw("</th>"));
        html.raw("</tr></thead><tbody>\n");
    }

    private static String caption(MapPage<?> page) {
        return page.total() + " tools, page " + page.query().page() + " of " + page.pages() + ", sorted by "
                + page.query().sort().wireName() + ".";
    }

    private static Html head(String title, String domainName, String subject, MapPage<?> page) {
        Html html = new Html()
                .raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .text(title)
                .raw("</title><style>" + STYLE + "</style></head><body><main><h1>")
                .text(title)
                .raw("</h1><p>Domain ")
                .text(domainName)
                .raw(". A call needs both: the scopes in the token, and the user's permission.</p>");
        html.raw("<form method=\"get\"><label>Filter by server, tool or scope<input name=\"q\" value=\"")
                .text(page.query().filter())
                .raw("\"></label><label>Sort by<select name=\"sort\">");
        for (MapQuery.Sort sort : MapQuery.Sort.values()) {
            html.raw(
                    "<option" + (sort == page.query().sort() ? " selected" : "") + ">" + sort.wireName() + "</option>");
        }
        return html.raw(
                        "</select></label><label>Only what one subject may call<input name=\"subject\" placeholder=\"user:alice\""
                                + " value=\"")
                .text(subject)
                .raw("\"></label><input type=\"hidden\" name=\"size\" value=\""
                        + page.query().size()
                        + "\"><input type=\"hidden\" name=\"format\" value=\"html\"><button>Show</button></form>");
    }

    private static String foot(Html html, String subject, MapPage<?> page) {
        html.raw("</tbody></table>");
        int current = page.query().page();
        html.raw("<nav aria-label=\"Pages\">");
        link(html, current > 1 ? Optional.of(current - 1) : Optional.empty(), "Previous page", subject, page);
        link(html, current < page.pages() ? Optional.of(current + 1) : Optional.empty(), "Next page", subject, page);
        return html.raw("</nav></main></body></html>\n").toString();
    }

    private static void link(Html html, Optional<Integer> target, String name, String subject, MapPage<?> page) {
        target.ifPresent(number -> html.raw("<a href=\"?format=html&amp;page=" + number + "&amp;size="
                        + page.query().size() + "&amp;sort="
                        + page.query().sort().wireName() + "&amp;q=")
                .raw(Html.urlEncoded(page.query().filter()))
                .raw(subject.isEmpty() ? "" : "&amp;subject=" + Html.urlEncoded(subject))
                .raw("\">" + name + "</a>"));
    }
}
