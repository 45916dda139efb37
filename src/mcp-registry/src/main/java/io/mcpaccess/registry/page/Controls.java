package io.mcpaccess.registry.page;

/** Parts that several views have: fields of forms and links to other pages. */
final class Controls {

    private Controls() {}

    static Markup beginForm(Markup html, PageContext page, String label) {
        return hidden(
                html.open("form", "method", "get", "class", "ask card", "role", "search", "aria-label", label),
                "view",
                page.view().wireName());
    }

    static Markup hidden(Markup html, String name, String value) {
        return html.empty("input", "type", "hidden", "name", name, "value", value);
    }

    /** A field of one line; its suggestions stand in the list of that id, which may be null. */
    static void field(Markup html, String label, String name, String value, String hint, String listId) {
        html.open("label")
                .text(label)
                .empty(
                        "input",
                        "name",
                        name,
                        "value",
                        value,
                        "placeholder",
                        hint,
                        "list",
                        listId,
                        "autocomplete",
                        "off",
                        "spellcheck",
                        "false")
                .close();
    }

    static Markup option(Markup html, String value, String label, boolean isSelected) {
        return html.leaf("option", label, "value", value, "selected", isSelected ? "selected" : null);
    }

    static Markup endForm(Markup html, PageContext page) {
        return html.leaf("button", page.text("show"), "class", "go").close();
    }

    /** Links to the page before and the page after; nothing where there is one page. */
    static void pages(Markup html, PageContext page, PageLink link, PageSlice pages) {
        if (pages.count() == 1) {
            return;
        }
        html.open("nav", "class", "pages", "aria-label", page.text("pages." + pages.parameter()));
        if (pages.number() > 1) {
            html.leaf(
                    "a",
                    page.text("previous." + pages.parameter()),
                    "href",
                    link.with(pages.parameter(), pages.number() - 1).toString());
        }
        html.open("span")
                .say(page.text("pages.of"), pages.number(), pages.count())
                .close();
        if (pages.number() < pages.count()) {
            html.leaf(
                    "a",
                    page.text("next." + pages.parameter()),
                    "href",
                    link.with(pages.parameter(), pages.number() + 1).toString());
        }
        html.close();
    }
}
