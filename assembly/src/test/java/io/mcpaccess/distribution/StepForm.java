package io.mcpaccess.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A policy's schema and documentation as the flows page of AM's console reads them (gv-schema-form, Asciidoctor). */
final class StepForm {

    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");
    /** PolicyPluginServiceImpl of AM's management API takes these out of every policy's schema. */
    private static final Set<String> TAKEN_OUT =
            Set.of("scope", "onResponseScript", "onRequestContentScript", "onResponseContentScript");

    private static final Set<String> OPERATORS = Set.of("$eq", "$neq", "$def", "$nodef");
    private static final List<Pattern> MARKDOWN = List.of(
            Pattern.compile("(?m)^#{1,6} "),
            Pattern.compile("(?m)^\\|[-: |]+\\|\\s*$"),
            Pattern.compile("(?m)^```"),
            Pattern.compile("\\]\\("),
            Pattern.compile("\\*\\*[^*]+\\*\\*"));

    private StepForm() {}

    /** @return what would go wrong on the page, one sentence each */
    static List<String> faults(JsonNode schema) {
        List<String> faults = new ArrayList<>();
        if (schema.path("id").asText().isEmpty()) {
            faults.add("no root id");
        }
        JsonNode properties = schema.path("properties");
        for (Map.Entry<String, JsonNode> each : (Iterable<Map.Entry<String, JsonNode>>) properties::fields) {
            faults.addAll(field(each.getKey(), each.getValue(), properties));
        }
        return faults;
    }

    private static List<String> field(String name, JsonNode field, JsonNode all) {
        List<String> faults = new ArrayList<>();
        if (TAKEN_OUT.contains(name)) {
            faults.add(name + " is taken out by AM");
        }
        if (!TYPES.contains(field.path("type").asText())) {
            faults.add(name + " has a type that is not tried");
        }
        for (String text : List.of("title", "description")) {
            if (field.path(text).asText().isBlank()) {
                faults.add(name + " has no " + text);
            }
        }
        if (!field.has("default")) {
            faults.add(name + " has no default");
        }
        JsonNode titles = field.path("x-schema-form").path("titleMap");
        field.path("enum").forEach(value -> {
            if (titles.path(value.asText()).asText().isBlank()) {
                faults.add(name + " has the nameless choice " + value.asText());
            }
        });
        for (String dynamic : List.of("hidden", "disabled", "required")) {
            field.path("x-schema-form").path(dynamic).forEach(operation -> {
                String operator = operation.fieldNames().next();
                JsonNode operand = operation.get(operator);
                String target = operand.isTextual()
                        ? operand.asText()
                        : operand.fieldNames().next();
                if (!OPERATORS.contains(operator) || !all.has(target)) {
                    faults.add(name + " is " + dynamic + " by what the page does not know");
                }
            });
        }
        return faults;
    }

    /** @return the marks of Markdown in a text that the console shows as AsciiDoc */
    static List<String> markdownIn(String documentation) {
        return MARKDOWN.stream()
                .filter(pattern -> pattern.matcher(documentation).find())
                .map(Pattern::pattern)
                .toList();
    }
}
