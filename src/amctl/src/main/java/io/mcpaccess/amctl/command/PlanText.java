package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** A plan of the registry for a person. */
final class PlanText {
    private PlanText() {}

    /** Whether applying it would change AM. */
    static boolean changes(JsonNode plan) {
        return plan.findValuesAsText("change").stream()
                .anyMatch(change -> !change.equals("unchanged") && !change.equals("refused"));
    }

    /** Whether a part of it is refused. */
    static boolean isRefused(JsonNode plan) {
        return plan.findValuesAsText("change").contains("refused");
    }

    static List<String> lines(JsonNode plan) {
        List<String> lines = new ArrayList<>();
        JsonNode server = plan.path("server");
        if (!server.isMissingNode()) {
            lines.add("server " + server.path("name").asText() + ": "
                    + server.path("change").asText()
                    + (server.hasNonNull("clientId")
                            ? ", client id " + server.path("clientId").asText()
                            : ""));
        }
        plan.path("tools").forEach(tool -> tool(tool, lines));
        for (JsonNode scope : plan.path("scopes")) {
            if (!"unchanged".equals(scope.path("change").asText())) {
                lines.add(row(scope, "scope " + scope.path("key").asText()) + ": "
                        + scope.path("description").asText());
            }
        }
        if (plan.hasNonNull("clientSecret")) {
            lines.add("client secret, shown this once: "
                    + plan.path("clientSecret").asText());
        }
        plan.path("closes").forEach(each -> lines.add("! " + each.asText()));
        plan.path("warnings").forEach(each -> lines.add("! " + each.asText()));
        if (plan.has(PlanImpact.MEMBER)) {
            plan.path(PlanImpact.MEMBER).path("notes").forEach(note -> lines.add("! " + note.asText()));
            lines.add("impact: " + plan.path(PlanImpact.MEMBER).path("summary").asText() + ".");
        }
        lines.add(end(plan));
        return lines.stream().map(PlanText::oneLine).toList();
    }

    private static void tool(JsonNode tool, List<String> lines) {
        String scopes = words(tool.path("scopes"));
        lines.add(row(tool, "tool " + tool.path("key").asText())
                + (scopes.isEmpty() ? "" : " (" + scopes + ")")
                + (tool.hasNonNull("reason") ? ": " + tool.path("reason").asText() : ""));
        if (tool.hasNonNull("previousDescription")) {
            lines.add("      was: " + tool.path("previousDescription").asText());
            lines.add("      now: " + tool.path("description").asText());
        }
        if (tool.has("previousScopes")) {
            lines.add("      scopes were: " + words(tool.path("previousScopes")));
        }
        tool.path("arguments")
                .forEach(argument -> lines.add(
                        "      wants conditions to see " + argument.path("name").asText() + " ("
                                + argument.path("type").asText() + " at "
                                + argument.path("pointer").asText() + "): name it in the guard's arguments"));
        tool.path("warnings").forEach(warning -> lines.add("      ! " + warning.asText()));
    }

    /** Texts of others stay on their line, so that none of them can look like a part of the plan. */
    private static String oneLine(String text) {
        return text.replace("force=true", "--force")
                .replace("prune=true", "--prune")
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace("\n", " \u23CE ");
    }

    private static String row(JsonNode entry, String what) {
        return String.format(Locale.ROOT, "  %-9s %s", entry.path("change").asText(), what);
    }

    private static String words(JsonNode list) {
        return String.join(
                " ",
                StreamSupport.stream(list.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    private static String end(JsonNode plan) {
        if (!changes(plan)) {
            return isRefused(plan) ? "Nothing to do beside what is refused." : "Nothing to do.";
        }
        return plan.path("applied").asBoolean() ? "Done." : "A plan: nothing was changed.";
    }
}
