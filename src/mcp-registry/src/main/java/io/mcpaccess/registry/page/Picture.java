package io.mcpaccess.registry.page;

import java.util.List;
import java.util.Map;

/**
 * The picture of an explanation: boxes below each other for what has to hold, and beside each other, marked "one of these",
 * for what would help. Made of lists, so that a screen reader reads it in order.
 */
final class Picture {

    private final Markup html;
    private final PageContext page;

    Picture(Markup html, PageContext page) {
        this.html = html;
        this.page = page;
    }

    void write(Explained explained, String question) {
        boolean isAllowed = explained.isAllowed();
        html.open("ol", "class", "path")
                .open("li", "class", "box " + (isAllowed ? "allow" : "deny"))
                .code(question)
                .text(" ")
                .leaf("strong", page.text(isAllowed ? "picture.holds" : "picture.holds.not"))
                .close();
        explained.parts("path").forEach(step -> step(step, 1, "allow"));
        for (Explained blocked : explained.parts("blocked")) {
            html.open("li", "class", "box deny in1")
                    .leaf("strong", page.text("picture.blocked"))
                    .text(" ");
            html.leaf("span", blocked.text("text"), "lang", "en");
            line(blocked);
            html.close();
            blocked.parts("because").forEach(step -> step(step, 2, "deny"));
        }
        explained.parts("conditions").forEach(this::condition);
        html.close();
        help(explained.alternatives());
        if (!explained.isComplete()) {
            html.leaf("p", page.text("picture.incomplete"), "class", "new");
        }
    }

    private void step(Explained step, int indentation, String kind) {
        html.open("li", "class", "box " + kind + " in" + Math.min(4, step.number("level") + indentation));
        html.leaf("strong", page.texts().get("step." + step.text("kind"), step.text("kind")))
                .text(" ");
        step.part("tuple")
                .ifPresentOrElse(
                        tuple -> html.code(tuple.asTupleText()),
                        () -> html.leaf("span", step.text("text"), "lang", "en"));
        line(step);
        html.close();
    }

    private void condition(Explained failed) {
        html.open("li", "class", "box wait in1")
                .leaf(
                        "strong",
                        page.text("condition." + (failed.text("problem").equals("not_met") ? "not_met" : "undecided")))
                .text(" ")
                .code(failed.text("condition"));
        List<String> parameters = failed.texts("parameters");
        String end = failed.text("expired_at");
        if (!end.isEmpty()) {
            html.text(" ").say(page.text("condition.expired"), end);
        } else if (!parameters.isEmpty()) {
            html.text(" ").text(page.text("condition.look")).text(" ");
            parameters.forEach(parameter -> html.code(parameter).text(" "));
        }
        failed.part("tuple")
                .ifPresent(tuple -> html.open("p").code(tuple.asTupleText()).close());
        line(failed);
        html.close();
    }

    private void line(Explained of) {
        of.part("line")
                .ifPresent(line -> html.open("p", "class", "soft")
                        .say(page.text("picture.line"), line.number("number"))
                        .text(" ")
                        .code(line.text("text").strip())
                        .close());
    }

    private void help(List<List<Map<String, Object>>> alternatives) {
        if (alternatives.isEmpty()) {
            return;
        }
        html.leaf("h4", page.text("help")).open("ul", "class", "one-of", "role", "list");
        for (List<Map<String, Object>> tuples : alternatives) {
            html.open("li")
                    .leaf("span", page.text(alternatives.size() == 1 ? "help.this" : "help.one"), "class", "badge");
            for (int i = 0; i < tuples.size(); i++) {
                html.open("p")
                        .text(page.text(i == 0 ? "help.add" : "help.and"))
                        .text(" ")
                        .code(new Explained(tuples.get(i)).asTupleText())
                        .close();
            }
            html.open("details")
                    .leaf("summary", page.text("help.command"), "class", "button")
                    .leaf("p", page.text("help.command.about"), "class", "soft")
                    .leaf("code", GrantLine.of(page.domainId(), tuples), "class", "command", "tabindex", "0")
                    .close()
                    .close();
        }
        html.close();
    }
}
