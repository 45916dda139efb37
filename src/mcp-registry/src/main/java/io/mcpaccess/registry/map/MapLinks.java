package io.mcpaccess.registry.map;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The links of one page of the map: the same question, but for one thing. */
final class MapLinks {

    private final Map<String, String> parameters = new LinkedHashMap<>();

    MapLinks(MapQuery query, String subject) {
        parameters.put("format", "html");
        parameters.put("page", String.valueOf(query.page()));
        parameters.put("size", String.valueOf(query.size()));
        parameters.put("sort", query.sort().wireName());
        parameters.put("order", query.descending() ? "desc" : "asc");
        parameters.put("q", query.filter());
        query.tool().ifPresent(tool -> parameters.put("tool", tool));
        parameters.put("subject", subject);
    }

    private MapLinks(Map<String, String> parameters) {
        this.parameters.putAll(parameters);
    }

    private MapLinks with(String name, String value) {
        MapLinks changed = new MapLinks(parameters);
        changed.parameters.put(name, value);
        return changed;
    }

    /** Another page. */
    String toPage(int page) {
        return with("page", String.valueOf(page)).toString();
    }

    /** The first page in another order. */
    String sortedBy(MapQuery.Sort sort, boolean descending) {
        return with("page", "1")
                .with("sort", sort.wireName())
                .with("order", descending ? "desc" : "asc")
                .toString();
    }

    /** One tool with all its users and applications. */
    String toWhole(String tool) {
        return with("page", "1").with("tool", tool).with("full", "true").toString();
    }

    /** The map as a file. */
    String toCsv() {
        MapLinks all = new MapLinks(parameters);
        all.parameters.keySet().removeAll(Set.of("page", "size"));
        return all.with("format", "csv").toString();
    }

    /** As the value of an attribute. */
    @Override
    public String toString() {
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + Html.urlEncoded(parameter.getValue()))
                .collect(Collectors.joining("&amp;", "?", ""));
    }
}
