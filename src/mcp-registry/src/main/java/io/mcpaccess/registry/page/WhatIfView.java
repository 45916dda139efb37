package io.mcpaccess.registry.page;

import io.mcpaccess.registry.impact.Impact;
import java.util.List;
import java.util.Locale;

/** What a change would do, before it counts: a form to paste it into, then who gains and who loses. */
final class WhatIfView {

    private static final int SHOWN = 20;

    private final Foresight foresight;

    WhatIfView(Foresight foresight) {
        this.foresight = foresight;
    }

    void write(Markup html, PageContext page, ProposedChange change, Progress progress) {
        form(html, page, change);
        progress.step();
        if (change.isEmpty()) {
            return;
        }
        Impact impact = foresight.of(page.domainId(), change.toJson(), progress::step);
        summary(html, page, impact);
        if (!impact.tools().isEmpty()) {
            table(html, page, impact);
        }
        approvals(html, page, impact);
    }

    private static void form(Markup html, PageContext page, ProposedChange change) {
        html.open(
                "form",
                "method",
                "post",
                "action",
                page.here().toString(),
                "class",
                "ask card",
                "aria-label",
                page.text("view.whatif"));
        change.formToken().ifPresent(token -> Controls.hidden(html, "_csrf", token));
        area(html, page.text("whatif.writes"), "writes", change.writes(), "user:alice can_call tool:refund_invoice");
        area(html, page.text("whatif.deletes"), "deletes", change.deletes(), "user:bob can_call tool:refund_invoice");
        area(html, page.text("whatif.model"), "model", change.model(), "model\n  schema 1.1\ntype user\n\u2026");
        html.leaf("button", page.text("whatif.show"), "class", "go").close();
    }

    private static void area(Markup html, String label, String name, String value, String hint) {
        html.open("label", "class", "wide")
                .text(label)
                .leaf("textarea", value, "name", name, "placeholder", hint, "rows", "5", "spellcheck", "false")
                .close();
    }

    private static void summary(Markup html, PageContext page, Impact impact) {
        Impact.Figures figures = impact.figures();
        html.open("div", "class", "card", "role", "status")
                .open("p", "class", "verdict")
                .say(page.text("whatif.summary"), figures.gains(), figures.losses(), figures.changes())
                .close()
                .open("p", "class", "soft")
                .say(page.text("whatif.looked"), figures.tuplesBefore(), figures.subjects(), figures.tools())
                .close();
        if (!impact.complete()) {
            html.leaf("p", page.text("whatif.incomplete"), "class", "new");
        }
        if (!impact.notes().isEmpty()) {
            html.open("ul", "class", "list", "lang", "en");
            impact.notes().forEach(note -> html.leaf("li", note));
            html.close();
        }
        html.close();
    }

    private static void table(Markup html, PageContext page, Impact impact) {
        html.open("div", "class", "scroll").open("table", "class", "stack");
        html.leaf("caption", page.text("whatif.caption"));
        html.open("thead").open("tr");
        for (String column : List.of("tool", "change", "whom", "because")) {
            html.leaf("th", page.text("column." + column), "scope", "col");
        }
        html.close().close().open("tbody");
        for (Impact.ToolImpact tool : impact.tools()) {
            tool.shifts().forEach(shift -> row(html, page, tool, shift));
        }
        html.close().close().close();
    }

    private static void row(Markup html, PageContext page, Impact.ToolImpact tool, Impact.Shift shift) {
        html.open("tr")
                .open("th", "scope", "row")
                .code(tool.key())
                .open("p", "class", "soft")
                .leaf("bdi", tool.server());
        html.close();
        if (tool.closes()) {
            html.leaf("p", page.text("whatif.closes"), "class", "bad");
        }
        String kind =
                shift.change() == Impact.Change.GAINS ? "good" : shift.change() == Impact.Change.LOSES ? "bad" : "new";
        html.close().open("td").leaf("span", page.text("change." + name(shift.change())), "class", kind);
        html.leaf("p", page.text("impact.layer." + name(shift.layer())), "class", "soft")
                .close();
        html.open("td").open("ul", "class", "list");
        shift.everyone()
                .ifPresent(type ->
                        html.open("li").say(page.text("whatif.everyone"), type).close());
        shift.subjects().stream()
                .limit(SHOWN)
                .forEach(subject -> html.open("li").code(subject).close());
        html.close();
        if (shift.subjects().size() > SHOWN) {
            html.open("p", "class", "soft")
                    .say(page.text("whatif.more"), shift.subjects().size() - SHOWN)
                    .close();
        }
        html.close().open("td", "class", "wrap");
        shift.conditions().forEach(condition -> html.open("p").code(condition).close());
        shift.why().ifPresent(why -> html.leaf("pre", why, "lang", "en"));
        html.close().close();
    }

    private static void approvals(Markup html, PageContext page, Impact impact) {
        if (impact.approvals().isEmpty()) {
            return;
        }
        html.open("section", "class", "card")
                .leaf("h3", page.text("whatif.approvals"))
                .open("ul", "class", "list");
        for (Impact.Approval approval : impact.approvals()) {
            html.open("li")
                    .leaf("bdi", approval.server())
                    .text(" ")
                    .code(approval.tool())
                    .text(" ");
            approval.scopes().forEach(scope -> html.code(scope).text(" "));
            html.leaf("span", approval.reason(), "lang", "en").close();
        }
        html.close().close();
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
