package io.mcpaccess.registry.page;

import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.am.RefusedCall;
import io.mcpaccess.registry.am.RefusedCalls;
import io.mcpaccess.registry.map.EngineView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was refused lately, from AM's audit log: by reason, the most frequent first, each with the next step. */
final class RefusedView {

    private static final List<Integer> DAYS = List.of(1, 7, 30);
    private static final int MOST = 2000;
    private static final int SHOWN = 10;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final AmDomains domains;
    private final EngineView engine;
    private final RefusedCalls refused;
    private final Clock clock;

    RefusedView(AmDomains domains, EngineView engine, RefusedCalls refused, Clock clock) {
        this.domains = domains;
        this.engine = engine;
        this.refused = refused;
        this.clock = clock;
    }

    /** Calls that differ in their time alone. */
    private record Kind(String subject, String tool, String caller) {}

    void write(Markup html, PageContext page, ViewQuery query, Progress progress) {
        int days = DAYS.contains(query.page("days")) && !query.text("days").isEmpty() ? query.page("days") : 7;
        form(html, page, query, days);
        progress.step();
        Instant now = clock.instant();
        RefusedCalls.Found found =
                refused.since(page.domainId(), now.minus(Duration.ofDays(days)), now, MOST, progress::step);
        List<RefusedCall> calls = found.calls().stream()
                .filter(call -> matches(call, query.folded("q")))
                .toList();
        html.open("div", "class", "card")
                .open("p")
                .say(page.text("refused.summary"), found.looked(), calls.size(), days)
                .close();
        if (found.isCut()) {
            html.open("p", "class", "new").say(page.text("refused.cut"), MOST).close();
        }
        html.close();
        List<DomainTool> tools = DomainTool.of(domains.servers(page.domainId()), engine.access());
        Map<String, List<RefusedCall>> byReason = new LinkedHashMap<>();
        calls.forEach(call -> byReason.computeIfAbsent(call.reason(), reason -> new ArrayList<>())
                .add(call));
        byReason.entrySet().stream()
                .sorted(Comparator.comparing(each -> -each.getValue().size()))
                .forEach(each -> reason(html, page, each.getKey(), each.getValue(), tools));
    }

    private static void form(Markup html, PageContext page, ViewQuery query, int days) {
        Controls.beginForm(html, page, page.text("search"));
        Controls.field(html, page.text("filter.refused"), "q", query.text("q"), "", null);
        html.open("label").text(page.text("days")).open("select", "name", "days");
        DAYS.forEach(each -> Controls.option(html, String.valueOf(each), String.valueOf(each), each == days));
        html.close().close();
        Controls.endForm(html, page);
    }

    private static boolean matches(RefusedCall call, String filter) {
        return (call.subject() + " " + call.tool() + " " + call.caller())
                .toLowerCase(Locale.ROOT)
                .contains(filter);
    }

    private static void reason(
            Markup html, PageContext page, String reason, List<RefusedCall> calls, List<DomainTool> tools) {
        html.open("section", "class", "card")
                .open("h3")
                .text(page.texts().get("reason." + reason, reason.isEmpty() ? page.text("reason.none") : reason))
                .text(" ")
                .open("span", "class", "badge soft")
                .say(page.text("refused.times"), calls.size())
                .close()
                .close();
        String next = page.texts().get("next." + reason, "");
        if (!next.isEmpty()) {
            html.open("p")
                    .leaf("span", page.text("next"), "class", "soft")
                    .text(" " + next)
                    .close();
        }
        Map<Kind, List<RefusedCall>> kinds = new LinkedHashMap<>();
        calls.forEach(call -> kinds.computeIfAbsent(
                        new Kind(call.subject(), call.tool(), call.caller()), kind -> new ArrayList<>())
                .add(call));
        html.open("div", "class", "scroll").open("table", "class", "stack");
        html.open("caption")
                .text(page.text("refused.who"))
                .text(" ")
                .code(reason)
                .close();
        html.open("thead").open("tr");
        for (String column : List.of("who", "tool", "caller", "times", "last", "look")) {
            html.leaf("th", page.text("column." + column), "scope", "col");
        }
        html.close().close().open("tbody");
        kinds.entrySet().stream()
                .sorted(Comparator.comparing(each -> -each.getValue().size()))
                .limit(SHOWN)
                .forEach(each -> row(html, page, each.getKey(), each.getValue(), tools));
        html.close().close().close();
        if (kinds.size() > SHOWN) {
            html.open("p", "class", "soft")
                    .say(page.text("refused.more"), kinds.size() - SHOWN)
                    .close();
        }
        html.close();
    }

    private static void row(Markup html, PageContext page, Kind kind, List<RefusedCall> calls, List<DomainTool> tools) {
        Instant last = calls.get(0).at();
        html.open("tr").open("th", "scope", "row").code(kind.subject()).close();
        html.open("td").code(kind.tool()).close();
        html.open("td").leaf("bdi", kind.caller()).close();
        html.leaf("td", String.valueOf(calls.size()));
        html.open("td");
        if (last != null) {
            html.leaf("time", TIME.format(last.atOffset(ZoneOffset.UTC)) + " UTC", "datetime", last.toString());
        }
        html.close().open("td");
        tool(kind, tools)
                .filter(tool -> !kind.subject().isEmpty())
                .ifPresent(tool -> html.leaf(
                        "a",
                        page.text("why.link"),
                        "href",
                        PageLink.to(View.WHY)
                                .with("subject", kind.subject())
                                .with("tool", tool.name())
                                .toString()));
        html.close().close();
    }

    /** The registered tool that a call was about: the caller's own, or the only one of that name. */
    private static Optional<DomainTool> tool(Kind kind, List<DomainTool> tools) {
        List<DomainTool> named = tools.stream()
                .filter(tool ->
                        tool.tool().key().equals(kind.tool()) || tool.name().equals(kind.tool()))
                .toList();
        Optional<DomainTool> own = named.stream()
                .filter(tool -> tool.server().name().equals(kind.caller())
                        || tool.server().clientId().equals(kind.caller()))
                .findFirst();
        return own.or(() -> named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty());
    }
}
