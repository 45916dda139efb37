package io.mcpaccess.registry.page;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.map.EngineView;
import io.mcpaccess.registry.map.ModelProbe;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegistryException;
import io.mcpaccess.registry.plan.SuspiciousText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** MCP servers with their tools and scopes, and what an administrator should mend before somebody calls. */
final class ServersView {

    private static final int SERVERS_A_PAGE = 20;
    private static final int OPEN = 3;
    private static final int SHOWN = 600;

    private final AmDomains domains;
    private final EngineView engine;

    ServersView(AmDomains domains, EngineView engine) {
        this.domains = domains;
        this.engine = engine;
    }

    /** What is wrong with a tool, by its keys among the page's words, and about which scopes. */
    private record Finding(String key, Set<String> scopes) {}

    void write(Markup html, PageContext page, ViewQuery query) {
        List<RegisteredServer> servers = domains.servers(page.domainId());
        String filter = query.folded("q");
        List<DomainTool> tools = DomainTool.of(servers, engine.access());
        List<RegisteredServer> found = servers.stream()
                .filter(server -> filter.isEmpty()
                        || server.name().toLowerCase(Locale.ROOT).contains(filter)
                        || tools.stream().anyMatch(each -> each.server() == server && each.matches(filter)))
                .toList();
        Set<String> defined = defined(page, servers);
        Map<String, Map<String, ModelProbe.Verdict>> verdicts = verdicts(servers);
        Controls.beginForm(html, page, page.text("search"));
        Controls.field(html, page.text("filter.tools"), "q", query.text("q"), "", null);
        Controls.endForm(html, page);
        summary(html, page, tools, defined, verdicts);
        PageSlice slice = new PageSlice("page", query.page("page"), SERVERS_A_PAGE, found.size());
        for (RegisteredServer server : slice.of(found)) {
            List<DomainTool> its = tools.stream()
                    .filter(each -> each.server() == server)
                    .filter(each -> server.name().toLowerCase(Locale.ROOT).contains(filter) || each.matches(filter))
                    .toList();
            boolean isOdd = its.stream()
                    .anyMatch(tool -> !findings(tool, defined, verdicts).isEmpty());
            server(html, page, server, its, defined, verdicts, isOdd || found.size() <= OPEN || !filter.isEmpty());
        }
        if (found.isEmpty()) {
            html.open("div", "class", "card")
                    .leaf("p", page.text(servers.isEmpty() ? "servers.none" : "nothing.found"))
                    .close();
        }
        Controls.pages(html, page, page.here().with("q", query.text("q")), slice);
    }

    private Set<String> defined(PageContext page, List<RegisteredServer> servers) {
        Set<String> scopes = new HashSet<>();
        servers.forEach(server -> server.tools().forEach(tool -> scopes.addAll(tool.scopes())));
        return domains.scopes(page.domainId()).defined(scopes).keySet();
    }

    /** An engine that does not answer leaves the rest of the page as it is. */
    private Map<String, Map<String, ModelProbe.Verdict>> verdicts(List<RegisteredServer> servers) {
        try {
            return new ModelProbe(engine).probe(servers);
        } catch (RegistryException e) {
            return Map.of();
        }
    }

    private static List<Finding> findings(
            DomainTool tool, Set<String> defined, Map<String, Map<String, ModelProbe.Verdict>> verdicts) {
        List<Finding> findings = new ArrayList<>();
        if (tool.isAmbiguous()) {
            findings.add(new Finding("finding.ambiguous", Set.of()));
        }
        Set<String> undefined = new HashSet<>(tool.tool().scopes());
        undefined.removeAll(defined);
        if (!undefined.isEmpty()) {
            findings.add(new Finding("finding.undefined", undefined));
        }
        switch (verdicts.getOrDefault(tool.server().id(), Map.of())
                .getOrDefault(tool.tool().key(), ModelProbe.Verdict.UNKNOWN)) {
            case NO -> findings.add(new Finding("finding.model", Set.of()));
            case UNKNOWN -> findings.add(new Finding("finding.silent", Set.of()));
            case YES -> {
                // As it should be.
            }
        }
        if (tool.tool().scopes().isEmpty()) {
            findings.add(new Finding("finding.noscope", Set.of()));
        }
        if (!SuspiciousText.remarks(tool.tool().description()).isEmpty()) {
            findings.add(new Finding("finding.description", Set.of()));
        }
        return findings;
    }

    private void summary(
            Markup html,
            PageContext page,
            List<DomainTool> tools,
            Set<String> defined,
            Map<String, Map<String, ModelProbe.Verdict>> verdicts) {
        long odd = tools.stream()
                .filter(tool -> !findings(tool, defined, verdicts).isEmpty())
                .count();
        html.open("div", "class", "card")
                .open("p")
                .say(page.text("servers.summary"), tools.size(), odd)
                .close();
        boolean isShadowed = engine.access().permissionMode() == AccessSettings.PermissionMode.SHADOW;
        if (isShadowed) {
            html.leaf("p", page.text("shadow.all"), "class", "new");
        }
        html.close();
    }

    private void server(
            Markup html,
            PageContext page,
            RegisteredServer server,
            List<DomainTool> tools,
            Set<String> defined,
            Map<String, Map<String, ModelProbe.Verdict>> verdicts,
            boolean isOpen) {
        html.open("details", "class", "card", "open", isOpen ? "open" : null)
                .open("summary")
                .leaf("bdi", server.name())
                .text(" ")
                .open("span", "class", "soft")
                .say(page.text("tools.count"), tools.size())
                .close();
        if (engine.access().shadowServers().contains(server.clientId())) {
            html.text(" ").leaf("span", page.text("shadow.badge"), "class", "badge new");
        }
        html.close()
                .open("p", "class", "soft")
                .text(page.text("client.id"))
                .text(" ")
                .code(server.clientId());
        server.resourceIdentifiers().forEach(identifier -> html.text(" \u00b7 ").code(identifier));
        html.close().open("div", "class", "scroll").open("table", "class", "stack");
        html.open("caption", "class", "sr")
                .say(page.text("tools.of"), server.name())
                .close();
        html.open("thead").open("tr");
        for (String column : List.of("tool", "scopes", "attention", "look")) {
            html.leaf("th", page.text("column." + column), "scope", "col");
        }
        html.close().close().open("tbody");
        tools.forEach(tool -> row(html, page, tool, findings(tool, defined, verdicts)));
        html.close().close().close().close();
    }

    private static void row(Markup html, PageContext page, DomainTool tool, List<Finding> findings) {
        html.open("tr").open("th", "scope", "row").code(tool.tool().key());
        if (!tool.tool().description().isEmpty()) {
            html.leaf("p", start(tool.tool().description()), "class", "soft", "dir", "auto");
        }
        html.close().open("td");
        tool.tool().scopes().forEach(scope -> html.code(scope).text(" "));
        html.close().open("td");
        if (findings.isEmpty()) {
            html.leaf("span", page.text("fine"), "class", "good");
        } else {
            html.open("ul", "class", "list");
            for (Finding finding : findings) {
                html.open("li").leaf("strong", page.text(finding.key())).text(" ");
                finding.scopes().stream()
                        .sorted()
                        .forEach(scope -> html.code(scope).text(" "));
                html.text(page.text(finding.key() + ".next")).close();
            }
            html.close();
        }
        html.close()
                .open("td")
                .leaf(
                        "a",
                        page.text("who.link"),
                        "href",
                        PageLink.to(View.WHO).with("tool", tool.name()).toString())
                .text(" \u00b7 ")
                .leaf(
                        "a",
                        page.text("why.link"),
                        "href",
                        PageLink.to(View.WHY).with("tool", tool.name()).toString())
                .close()
                .close();
    }

    /** As it is, hidden characters written out by the page, for here one wants to see them. */
    private static String start(String description) {
        return description.length() <= SHOWN
                ? description
                : description.substring(0, description.offsetByCodePoints(0, SHOWN / 2)) + "\u2026";
    }
}
