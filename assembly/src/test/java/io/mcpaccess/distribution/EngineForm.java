package io.mcpaccess.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine's schema as AM's console reads it: its form library (ajsf 0.8.0 with Material) draws a field for each root
 * property, and breaks in silence, saves what nobody entered, or draws something else where these rules do not hold.
 */
final class EngineForm {

    /** What keeps a short help at the left: the library puts help at the right edge, unless it is as wide as the field. */
    static final String LEFT = "<table align=left><td width=2000>";

    private static final Set<String> TYPES = Set.of("string", "integer", "number", "boolean", "array", "object");
    private static final Set<String> WIDGETS = Set.of("message", "number", "select", "textarea");
    private static final Pattern SECRET = Pattern.compile("(?i).*(token|secret|password|key)");
    private static final Pattern TERM =
            Pattern.compile("!?model\\.(?<name>\\w+)(?: (?:[!=]==) '(?<value>[^']*)'| > \\d+)?");
    private static final int LONGEST_HELP = 110;

    private final JsonNode schema;
    private final List<String> faults = new ArrayList<>();

    private EngineForm(JsonNode schema) {
        this.schema = schema;
    }

    /** @return what would go wrong in the console, one sentence each; empty when the form is shown whole */
    static List<String> faults(JsonNode schema) {
        EngineForm form = new EngineForm(schema);
        form.check();
        return form.faults;
    }

    private void check() {
        if (schema.path("id").asText().isEmpty()) {
            faults.add("no root id: the console shows no field at all");
        }
        if (hasNull(schema)) {
            faults.add("a null: the console's search for secrets breaks on it");
        }
        schema.path("properties").fields().forEachRemaining(each -> property(each.getKey(), each.getValue()));
    }

    private void property(String name, JsonNode field) {
        String type = field.path("type").asText();
        String widget = field.path("widget").asText();
        rule(TYPES.contains(type), name, "has no type that the library draws");
        rule(widget.isEmpty() || WIDGETS.contains(widget), name, "names a widget that the library does not have");
        condition(name, field.path("condition"));
        if (type.equals("object")) {
            rule(!field.has("properties"), name, "would store its fields one level deeper");
            rule(widget.equals("message") && field.hasNonNull("helpvalue"), name, "is no field and no heading");
            return;
        }
        rule(!field.path("title").asText().isBlank(), name, "has no title");
        rule(!field.path("description").asText().isBlank(), name, "has no help");
        rule(!SECRET.matcher(name).matches() || field.path("sensitive").asBoolean(), name, "is a secret in clear");
        switch (type) {
            case "array" -> array(name, field);
            case "boolean" ->
                rule(
                        !field.path("default").asBoolean() || widget.equals("select"),
                        name,
                        "is a box that saves false where nothing was set, and the default is true");
            default -> hint(name, field);
        }
        if (field.has("minimum") && field.has("maximum")) {
            rule(widget.equals("number"), name, "is drawn as a slider, which breaks the form");
        }
        choices(name, field);
        defaultValue(name, field);
    }

    private void hint(String name, JsonNode field) {
        String help = field.path("description").asText();
        rule(help.startsWith(LEFT), name, "has its help at the right edge");
        rule(help.length() <= LEFT.length() + LONGEST_HELP, name, "has a help that covers the next field");
    }

    private void array(String name, JsonNode field) {
        JsonNode listItems = field.path("listItems");
        rule(listItems.isInt() && listItems.asInt() == 0, name, "shows an empty entry that nobody made");
        rule(!field.path("items").path("title").asText().isBlank(), name, "has a button without a word");
        rule(
                field.path("x-schema-form")
                        .path("title")
                        .asText()
                        .equals(field.path("title").asText() + "<br><small>"
                                + field.path("description").asText() + "</small>"),
                name,
                "shows no help: the library shows a list's title alone");
    }

    private void choices(String name, JsonNode field) {
        if (!field.has("enum")) {
            return;
        }
        Set<JsonNode> values = new HashSet<>();
        Set<JsonNode> named = new HashSet<>();
        field.get("enum").forEach(values::add);
        field.path("x-schema-form").path("titleMap").forEach(each -> {
            named.add(each.path("value"));
            rule(!each.path("name").asText().isBlank(), name, "has a choice without a name");
        });
        rule(values.equals(named), name, "names other choices than it has");
    }

    private void defaultValue(String name, JsonNode field) {
        JsonNode value = field.path("default");
        if (value.isMissingNode()) {
            return;
        }
        boolean fits = switch (field.path("type").asText()) {
            case "integer" ->
                value.isInt()
                        && value.asInt() >= field.path("minimum").asInt(Integer.MIN_VALUE)
                        && value.asInt() <= field.path("maximum").asInt(Integer.MAX_VALUE);
            case "boolean" -> value.isBoolean();
            default -> value.isTextual();
        };
        rule(
                fits && (!field.has("enum") || contains(field.get("enum"), value.asText())),
                name,
                "has a default that it refuses");
    }

    /** A condition is JavaScript; this is the part of it that is used, so that what it names can be looked up. */
    private void condition(String name, JsonNode condition) {
        if (condition.isMissingNode()) {
            return;
        }
        String body = condition.path("functionBody").asText();
        if (!body.startsWith("return ") || !body.endsWith(";")) {
            rule(false, name, "has a condition that is no 'return …;'");
            return;
        }
        for (String term : body.substring("return ".length(), body.length() - 1).split(" && ", -1)) {
            Matcher matcher = TERM.matcher(term);
            if (!matcher.matches()) {
                rule(false, name, "has a condition with the term " + term);
                continue;
            }
            JsonNode target = schema.path("properties").path(matcher.group("name"));
            rule(!target.isMissingNode() && !target.path("type").asText().equals("object"), name, "hangs on no field");
            rule(
                    !target.path("sensitive").asBoolean(),
                    name,
                    "hangs on a secret, which AM shows as set when it is not");
            String value = matcher.group("value");
            rule(value == null || contains(target.path("enum"), value), name, "hangs on a choice that there is not");
        }
    }

    private static boolean contains(JsonNode choices, String value) {
        for (JsonNode each : choices) {
            if (each.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasNull(JsonNode node) {
        if (node.isNull()) {
            return true;
        }
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            if (hasNull(children.next())) {
                return true;
            }
        }
        return false;
    }

    private void rule(boolean holds, String name, String fault) {
        if (!holds) {
            faults.add(name + " " + fault);
        }
    }

    /** @return the names of the fields that hold a setting, headings left out */
    static List<String> settings(JsonNode schema) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : (Iterable<Map.Entry<String, JsonNode>>)
                () -> schema.path("properties").fields()) {
            if (!each.getValue().path("type").asText().equals("object")) {
                names.add(each.getKey());
            }
        }
        return names;
    }
}
