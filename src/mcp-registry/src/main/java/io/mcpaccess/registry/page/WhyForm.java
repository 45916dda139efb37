package io.mcpaccess.registry.page;

import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegistryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form of "why": a subject from those that stand in tuples, a tool from a list, the scopes that a token has. */
final class WhyForm {

    private final Markup html;
    private final PageContext page;
    private final SubjectFinder finder;

    WhyForm(Markup html, PageContext page, SubjectFinder finder) {
        this.html = html;
        this.page = page;
        this.finder = finder;
    }

    void write(ViewQuery query, List<DomainTool> tools) {
        Controls.beginForm(html, page, page.text("view.why"));
        Controls.field(html, page.text("subject"), "subject", query.text("subject"), "user:alice", "subjects");
        tools(query, tools);
        Controls.field(html, page.text("scopes.of.token"), "scopes", query.text("scopes"), page.text("optional"), null);
        html.open("datalist", "id", "subjects");
        known().forEach(subject -> html.empty("option", "value", Identifiers.decode(subject)));
        html.close();
        Controls.endForm(html, page);
    }

    private void tools(ViewQuery query, List<DomainTool> tools) {
        html.open("label").text(page.text("column.tool")).open("select", "name", "tool");
        Controls.option(html, "", page.text("all.tools"), query.text("tool").isEmpty());
        Map<RegisteredServer, List<DomainTool>> byServer = new LinkedHashMap<>();
        tools.forEach(tool -> byServer.computeIfAbsent(tool.server(), each -> new ArrayList<>())
                .add(tool));
        byServer.forEach((server, its) -> {
            html.open("optgroup", "label", server.name());
            its.forEach(tool -> Controls.option(
                    html, tool.name(), tool.tool().key(), tool.name().equals(query.text("tool"))));
            html.close();
        });
        html.close().close();
    }

    /** Suggestions are a help: without them the form works too. */
    private List<String> known() {
        try {
            return finder.some(() -> {}).subjects();
        } catch (RegistryException e) {
            return List.of();
        }
    }
}
