package io.mcpaccess.registry.page;

import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.map.EngineView;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the token has to carry: the scopes that the user allowed the application. */
final class ScopeLayer {

    private final AmDomains domains;
    private final EngineView engine;

    ScopeLayer(AmDomains domains, EngineView engine) {
        this.domains = domains;
        this.engine = engine;
    }

    /** The scopes that the tool needs and the token lacks; empty as long as nobody said what the token has. */
    static List<String> missing(ViewQuery query, DomainTool tool) {
        if (query.text("scopes").isEmpty()) {
            return List.of();
        }
        Set<String> held = new HashSet<>(Arrays.asList(query.text("scopes").split("[\\s,]+")));
        return tool.tool().scopes().stream()
                .filter(scope -> !held.contains(scope))
                .toList();
    }

    void write(Markup html, PageContext page, ViewQuery query, DomainTool tool) {
        List<String> missing = missing(query, tool);
        html.open("section", "class", "card", "aria-labelledby", "layer-scopes")
                .leaf("h3", page.text("layer.scopes"), "id", "layer-scopes")
                .leaf("p", page.text("layer.scopes.about"), "class", "soft");
        if (tool.tool().scopes().isEmpty()) {
            html.leaf("p", page.text("layer.passes"), "class", "good").leaf("p", page.text("finding.noscope.next"));
        } else if (!missing.isEmpty()) {
            html.leaf("p", page.text("layer.refuses"), "class", "bad");
            ReasonWords.write(html, page, "scope_missing");
        } else if (query.text("scopes").isEmpty()) {
            html.leaf("p", page.text("layer.depends"), "class", "new");
        } else {
            html.leaf("p", page.text("layer.passes"), "class", "good");
        }
        scopes(html, page, tool, missing);
        if (!tool.server().resourceIdentifiers().isEmpty()) {
            html.open("p", "class", "soft")
                    .say(
                            page.text("scopes.resource"),
                            new Markup.Code(tool.server().resourceIdentifiers().get(0)))
                    .close();
        }
        if (engine.access().checkClient()) {
            html.open("p")
                    .say(
                            page.text("client.relation"),
                            new Markup.Code(engine.access().clientRelation()))
                    .close();
        }
        html.close();
    }

    private void scopes(Markup html, PageContext page, DomainTool tool, List<String> missing) {
        Set<String> defined = domains.scopes(page.domainId())
                .defined(new HashSet<>(tool.tool().scopes()))
                .keySet();
        html.open("ul", "class", "list");
        for (String scope : tool.tool().scopes()) {
            html.open("li").code(scope);
            if (missing.contains(scope)) {
                html.text(" ").leaf("span", page.text("scope.lacking"), "class", "badge bad");
            }
            if (!defined.contains(scope)) {
                html.text(" ").leaf("span", page.text("finding.undefined"), "class", "badge new");
            }
            html.close();
        }
        html.close();
    }
}
