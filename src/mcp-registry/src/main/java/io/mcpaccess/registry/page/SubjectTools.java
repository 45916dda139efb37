package io.mcpaccess.registry.page;

import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.registry.map.AccessMap;
import io.mcpaccess.registry.map.MapPage;
import io.mcpaccess.registry.map.MapQuery;
import io.mcpaccess.registry.map.ToolDecision;
import java.util.List;
import java.util.Optional;

/** What one subject may call: a row for each tool. */
final class SubjectTools {

    private static final int TOOLS_A_PAGE = 50;

    private final AccessMap map;

    SubjectTools(AccessMap map) {
        this.map = map;
    }

    void write(Markup html, PageContext page, ViewQuery query, Subject subject) {
        String name = subject.type() + ":" + subject.id();
        MapQuery wanted = new MapQuery(
                query.folded("q"),
                Optional.empty(),
                MapQuery.Sort.SERVER,
                false,
                query.page("page"),
                TOOLS_A_PAGE,
                false);
        MapPage<ToolDecision> found = map.decisions(page.domainId(), subject, wanted, false);
        html.open("div", "class", "scroll").open("table", "class", "stack");
        html.open("caption")
                .say(page.text("subject.caption"), new Markup.Code(name), found.total())
                .close();
        html.open("thead").open("tr");
        for (String column : List.of("server", "tool", "scopes", "decision", "look")) {
            html.leaf("th", page.text("column." + column), "scope", "col");
        }
        html.close().close().open("tbody");
        found.rows().forEach(row -> row(html, page, name, row));
        html.close().close().close();
        Controls.pages(
                html,
                page,
                page.here().with("subject", name).with("q", query.text("q")),
                new PageSlice("page", query.page("page"), TOOLS_A_PAGE, found.total()));
    }

    private static void row(Markup html, PageContext page, String subject, ToolDecision row) {
        html.open("tr")
                .open("td")
                .leaf("bdi", row.server())
                .close()
                .open("th", "scope", "row")
                .code(row.key())
                .close()
                .open("td");
        row.scopes().forEach(scope -> html.code(scope).text(" "));
        html.close()
                .open("td")
                .leaf("span", page.text(row.decision() ? "may" : "may.not"), "class", row.decision() ? "good" : "bad")
                .leaf("p", page.texts().get("reason." + row.reasonCode(), row.reasonCode()), "class", "soft")
                .close()
                .open("td")
                .leaf(
                        "a",
                        page.text("why.link"),
                        "href",
                        PageLink.to(View.WHY)
                                .with("subject", subject)
                                .with("tool", row.clientId() + "/" + row.key())
                                .toString())
                .close()
                .close();
    }
}
