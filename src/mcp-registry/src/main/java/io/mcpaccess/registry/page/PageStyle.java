package io.mcpaccess.registry.page;

import io.mcpaccess.registry.look.StyleSheet;

/** The page's style sheet: the shared look and {@code page.css}. */
public final class PageStyle {

    private static final StyleSheet SHEET = StyleSheet.of(PageStyle.class, "page.css");

    static final String TEXT = SHEET.css();

    private PageStyle() {}

    /**
     * The Content-Security-Policy that the page needs and no more.
     *
     * @return the header's value
     */
    public static String contentSecurityPolicy() {
        return SHEET.contentSecurityPolicy();
    }
}
