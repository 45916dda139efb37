package io.mcpaccess.guard.proxy.settings;

import io.mcpaccess.guard.Denials;
import io.mcpaccess.guard.Rules;
import io.mcpaccess.guard.arguments.ArgumentType;
import io.mcpaccess.guard.arguments.ToolArgument;
import io.mcpaccess.guard.arguments.ToolArguments;
import io.mcpaccess.guard.oauth.SubjectRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads what is asked about, and what a token alone opens. */
final class RulesReader {
    static final Set<String> KNOWN = Set.of("subject", "open", "decide", "denials", "arguments");

    private RulesReader() {}

    static Rules read(YamlFields fields) {
        Rules rules = Rules.usual()
                .withSubject(
                        fields.get("subject")
                                        .map(value -> value.choice("username", "sub"))
                                        .orElse("username")
                                        .equals("sub")
                                ? SubjectRule.sub()
                                : SubjectRule.username())
                .withDenials(
                        fields.get("denials")
                                        .map(value -> value.choice("plain", "structured"))
                                        .orElse("plain")
                                        .equals("structured")
                                ? Denials.STRUCTURED
                                : Denials.PLAIN)
                .withArguments(
                        fields.get("arguments").map(RulesReader::arguments).orElse(ToolArguments.none()));
        Rules opened = placed(fields, "open", () -> rules.withOpenMethods(Set.copyOf(fields.texts("open"))));
        return placed(fields, "decide", () -> opened.withDecidedMethods(Set.copyOf(fields.texts("decide"))));
    }

    /** {@code {refund: {amount: {at: /amount, type: number}}}}. */
    private static ToolArguments arguments(YamlValue value) {
        ToolArguments all = ToolArguments.none();
        for (Map.Entry<String, YamlValue> tool : new TreeMap<>(value.members()).entrySet()) {
            List<ToolArgument> arguments = new ArrayList<>();
            new TreeMap<>(tool.getValue().members())
                    .forEach((name, argument) -> arguments.add(argument(name, argument)));
            try {
                all = all.with(tool.getKey(), arguments.toArray(ToolArgument[]::new));
            } catch (IllegalArgumentException wrong) {
                throw tool.getValue().wrong("is wrong. " + wrong.getMessage());
            }
        }
        return all;
    }

    private static ToolArgument argument(String name, YamlValue value) {
        YamlFields fields = value.fields(Set.of("at", "type"));
        String at = fields.required("at").text();
        String type = fields.required("type").text();
        try {
            return new ToolArgument(name, at, ArgumentType.of(type));
        } catch (IllegalArgumentException wrong) {
            throw value.wrong("is wrong. " + wrong.getMessage());
        }
    }

    private static Rules placed(YamlFields fields, String name, Supplier<Rules> making) {
        try {
            return making.get();
        } catch (SettingsException placed) {
            throw placed;
        } catch (IllegalArgumentException wrong) {
            throw fields.get(name).orElse(fields.whole()).wrong("is wrong. " + wrong.getMessage());
        }
    }
}
