package io.mcpaccess.registry.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An explanation as the engine gives it, read member by member: what is not there or of another shape is not shown. */
final class Explained {

    private final Map<?, ?> json;

    Explained(Map<?, ?> json) {
        this.json = json;
    }

    boolean isAllowed() {
        return Boolean.TRUE.equals(json.get("allowed"));
    }

    boolean isComplete() {
        return !Boolean.FALSE.equals(json.get("complete"));
    }

    String text(String member) {
        return json.get(member) instanceof String text ? text : "";
    }

    int number(String member) {
        return json.get(member) instanceof Number number ? number.intValue() : 0;
    }

    Optional<Explained> part(String member) {
        return json.get(member) instanceof Map<?, ?> map ? Optional.of(new Explained(map)) : Optional.empty();
    }

    List<Explained> parts(String member) {
        return json.get(member) instanceof List<?> list ? each(list) : List.of();
    }

    /** Sets of tuples, each of which would be enough. */
    List<List<Map<String, Object>>> alternatives() {
        return json.get("missing") instanceof List<?> list
                ? list.stream()
                        .filter(List.class::isInstance)
                        .map(set -> each((List<?>) set).stream()
                                .map(Explained::asTuple)
                                .toList())
                        .filter(set -> !set.isEmpty())
                        .toList()
                : List.of();
    }

    List<String> texts(String member) {
        return json.get(member) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static List<Explained> each(List<?> list) {
        return list.stream()
                .filter(Map.class::isInstance)
                .map(map -> new Explained((Map<?, ?>) map))
                .toList();
    }

    private Map<String, Object> asTuple() {
        return Map.of(
                "user", text("user"),
                "relation", text("relation"),
                "object", text("object"),
                "condition", text("condition"));
    }

    /** A tuple on one line. */
    String asTupleText() {
        String condition = text("condition");
        return text("user") + " " + text("relation") + " " + text("object")
                + (condition.isEmpty() ? "" : " (" + condition + ")");
    }
}
