package io.mcpaccess.registry.page;

/** What stands around every view: heading, menu, landmarks. */
final class PageFrame {

    private PageFrame() {}

    /** Begins a page; what follows is inside of {@code main}, below its heading. */
    static Markup begin(PageContext page) {
        PageTexts texts = page.texts();
        String title = texts.get("view." + page.view().wireName());
        Markup html = new Markup()
                .doctype()
                .open("html", "lang", texts.language())
                .open("head")
                .empty("meta", "charset", "utf-8")
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .leaf("title", title + " \u2013 " + page.domainName())
                .styleSheet(PageStyle.TEXT)
                .close()
                .open("body")
                .leaf("a", texts.get("skip"), "class", "skip", "href", "#content")
                .open("header")
                .leaf("h1", texts.get("title"))
                .open("p", "class", "soft")
                .say(texts.get("domain"), page.domainName())
                .close()
                .open("nav", "aria-label", texts.get("menu"))
                .open("ul");
        for (View each : View.values()) {
            html.open("li")
                    .leaf(
                            "a",
                            texts.get("view." + each.wireName()),
                            "href",
                            PageLink.to(each).toString(),
                            "aria-current",
                            each == page.view() ? "page" : null)
                    .close();
        }
        return html.close()
                .close()
                .close()
                .open("main", "id", "content", "tabindex", "-1")
                .leaf("h2", title)
                .leaf("p", texts.get("about." + page.view().wireName()), "class", "soft");
    }

    /** Ends it. */
    static Markup end(Markup html) {
        return html.close().close().close();
    }

    /** A whole page that says what went wrong. */
    static String failure(PageContext page, String message) {
        Markup html = begin(page);
        html.open("div", "class", "card", "role", "alert")
                .leaf("p", page.text("failed"), "class", "bad")
                .leaf("p", message, "lang", "en")
                .close();
        return end(html).toString();
    }
}
