package io.mcpaccess.registry.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The way from what AM has to what was declared.
 *
 * @param server the server; empty for a plan about scopes alone
 * @param tools every tool declared or registered
 * @param scopes every scope that the tools need
 * @param widened scopes that applications hold and that open another tool after this; empty unless forced
 * @param closes tools of other servers that nobody could call any more, in words such as "closes pay of billing for
 *     everybody"; done only if forced
 * @param warnings what the administrator should know about the domain
 */
public record Plan(
        Optional<ServerPlan> server,
        List<ToolPlan> tools,
        List<ScopePlan> scopes,
        Set<String> widened,
        List<String> closes,
        List<String> warnings) {

    /** Takes copies. */
    public Plan {
        tools = List.copyOf(tools);
        scopes = List.copyOf(scopes);
        widened = Set.copyOf(widened);
        closes = List.copyOf(closes);
        warnings = List.copyOf(warnings);
    }

    /**
     * A plan about scopes alone.
     *
     * @param scopes the scopes
     * @return the plan
     */
    public static Plan ofScopes(List<ScopePlan> scopes) {
        return new Plan(Optional.empty(), List.of(), scopes, Set.of(), List.of(), List.of());
    }

    /**
     * The same plan with its scopes.
     *
     * @param needed the scopes
     * @return a new plan
     */
    public Plan withScopes(List<ScopePlan> needed) {
        return new Plan(server, tools, needed, widened, closes, warnings);
    }

    /**
     * The same plan with the server as AM has it now.
     *
     * @param known the server
     * @return a new plan
     */
    public Plan withServer(ServerPlan known) {
        return new Plan(Optional.of(known), tools, scopes, widened, closes, warnings);
    }

    /**
     * The scopes to define.
     *
     * @return those that are new
     */
    public List<ScopePlan> newScopes() {
        return scopes.stream()
                .filter(scope -> scope.change() == PlannedChange.ADDED)
                .toList();
    }

    /**
     * Whether the server is new.
     *
     * @return whether it has to be created
     */
    public boolean isNewServer() {
        return server.filter(each -> each.change() == PlannedChange.ADDED).isPresent();
    }

    /**
     * Whether the registered server has to be written.
     *
     * @return whether it or one of its tools changes
     */
    public boolean changesServer() {
        return server.filter(each -> each.change() != PlannedChange.UNCHANGED).isPresent() || changesTools();
    }

    /**
     * Whether a tool changes.
     *
     * @return whether one is added, changed or removed
     */
    public boolean changesTools() {
        return tools.stream()
                .anyMatch(tool -> tool.change() != PlannedChange.UNCHANGED && tool.change() != PlannedChange.REFUSED);
    }

    /**
     * The tools that the server will have.
     *
     * @param registered the server as it is; empty if it is new
     * @return all tools; a refused one stays as it is registered
     */
    public List<RegisteredTool> resultingTools(Optional<RegisteredServer> registered) {
        Map<String, RegisteredTool> result = new LinkedHashMap<>();
        registered.ifPresent(server -> server.tools().forEach(tool -> result.put(tool.key(), tool)));
        for (ToolPlan tool : tools) {
            if (tool.change() == PlannedChange.REMOVED) {
                result.remove(tool.key());
            } else if (tool.holds()) {
                result.put(tool.key(), new RegisteredTool(tool.key(), tool.description(), tool.scopes()));
            }
        }
        return new ArrayList<>(result.values());
    }
}
