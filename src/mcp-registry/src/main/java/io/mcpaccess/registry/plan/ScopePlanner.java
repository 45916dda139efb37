package io.mcpaccess.registry.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Names and describes the scopes that tools need, from the tools' own words. Those words are an MCP server author's and end
 * on AM's consent page, so what is hidden in them is left out.
 */
public final class ScopePlanner {

    private static final int MAX_NAME = 64;
    private static final int MAX_DESCRIPTION = 255;

    private final ScopeLookup lookup;

    /**
     * A planner for one domain.
     *
     * @param lookup which scopes the domain defines
     */
    public ScopePlanner(ScopeLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Plans the scopes of one server's tools.
     *
     * @param serverName the server's name
     * @param tools all tools that the server will have
     * @param hints what the server says about the effects of its tools, by key; may lack any
     * @return every scope that a tool needs, each once
     */
    public List<ScopePlan> plan(String serverName, List<RegisteredTool> tools, Map<String, ToolHints> hints) {
        Map<String, List<RegisteredTool>> byScope = new LinkedHashMap<>();
        tools.forEach(tool -> tool.scopes()
                .forEach(scope ->
                        byScope.computeIfAbsent(scope, key -> new ArrayList<>()).add(tool)));
        Map<String, DefinedScope> defined = byScope.isEmpty() ? Map.of() : lookup.defined(byScope.keySet());
        return byScope.entrySet().stream()
                .map(each -> Optional.ofNullable(defined.get(each.getKey()))
                        .map(scope ->
                                new ScopePlan(scope.key(), scope.name(), scope.description(), PlannedChange.UNCHANGED))
                        .orElseGet(() -> new ScopePlan(
                                each.getKey(),
                                name(each.getValue()),
                                description(serverName, each.getValue(), hints),
                                PlannedChange.ADDED)))
                .toList();
    }

    private static String name(List<RegisteredTool> tools) {
        return SuspiciousText.plain(
                tools.stream().map(RegisteredTool::key).collect(Collectors.joining(", ")), MAX_NAME);
    }

    private static String description(String serverName, List<RegisteredTool> tools, Map<String, ToolHints> hints) {
        String text = tools.size() == 1
                ? sentence(serverName, tools.get(0), hints)
                : tools.stream()
                        .map(tool -> tool.key() + ": " + sentence(serverName, tool, hints))
                        .collect(Collectors.joining("; "));
        return SuspiciousText.plain(text, MAX_DESCRIPTION);
    }

    private static String sentence(String serverName, RegisteredTool tool, Map<String, ToolHints> hints) {
        String text = SuspiciousText.plain(tool.description(), MAX_DESCRIPTION);
        ToolHints hint = hints.getOrDefault(tool.key(), ToolHints.NONE);
        String effect = hint.readOnly() ? " (reads only)" : hint.destructive() ? " (may delete or overwrite)" : "";
        return (text.isEmpty() ? "Call " + tool.key() + " of " + serverName : text) + effect;
    }
}
