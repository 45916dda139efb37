package io.mcpaccess.registry.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A link from one view of the page to another, or to the same with something else asked for. Immutable. */
final class PageLink {

    private final Map<String, String> parameters;

    private PageLink(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    static PageLink to(View view) {
        return new PageLink(new LinkedHashMap<>()).with("view", view.wireName());
    }

    /** The same link with a parameter; an empty value takes it away. */
    PageLink with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        if (value.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new PageLink(changed);
    }

    PageLink with(String name, int value) {
        return with(name, String.valueOf(value));
    }

    /** As it stands in a link, unescaped. */
    @Override
    public String toString() {
        return parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
