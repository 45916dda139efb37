package io.mcpaccess.policy.am;

import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpServer.Tools.Loaded;
import io.mcpaccess.core.mcp.McpTool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tools behind requested scopes: those of the addressed MCP servers that need at least one of them.
 *
 * @param scopes the requested scopes
 * @param tools the tools, in the servers' order
 */
public record RequestedTools(Set<String> scopes, List<RequestedTool> tools) {

    /** Copies what it is given. */
    public RequestedTools {
        scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
        tools = List.copyOf(tools);
    }

    /**
     * One tool of one server.
     *
     * @param server the server
     * @param tool its tool
     */
    public record RequestedTool(McpServer server, McpTool tool) {

        /** Of the names alone: a server's own hash is over all of its tools, once for each of them. */
        @Override
        public int hashCode() {
            return Objects.hash(server.clientId(), tool.key());
        }
    }

    /**
     * What becomes of the requested scopes.
     *
     * @param granted the requested scopes without the useless ones
     * @param useless scopes that stand for tools, none of which the user may call
     * @param callable keys of the tools that the user may call with the granted scopes
     */
    public record Verdict(Set<String> granted, Set<String> useless, List<String> callable) {}

    /**
     * Finds the tools behind scopes.
     *
     * @param servers the addressed servers, their tools loaded
     * @param scopes the requested scopes
     * @return the tools
     */
    public static RequestedTools of(Collection<McpServer> servers, Set<String> scopes) {
        return new RequestedTools(
                scopes,
                all(servers).stream()
                        .filter(each -> each.tool().scopes().stream().anyMatch(scopes::contains))
                        .toList());
    }

    /**
     * Adds the tools that need no scope: every token for their server opens that layer, so the permission alone decides.
     *
     * @param servers the addressed servers, their tools loaded
     * @return the same scopes with more tools
     */
    public RequestedTools withToolsOfNoScope(Collection<McpServer> servers) {
        List<RequestedTool> more = new ArrayList<>(tools);
        all(servers).stream().filter(each -> each.tool().scopes().isEmpty()).forEach(more::add);
        return new RequestedTools(scopes, more);
    }

    /**
     * All tools of servers.
     *
     * @param servers the servers; those whose tools are not loaded give none
     * @return the tools, in the servers' order
     */
    public static List<RequestedTool> all(Collection<McpServer> servers) {
        List<RequestedTool> tools = new ArrayList<>();
        for (McpServer server : servers) {
            if (server.tools() instanceof Loaded loaded) {
                loaded.byKey().values().forEach(tool -> tools.add(new RequestedTool(server, tool)));
            }
        }
        return tools;
    }

    /**
     * The tools behind one scope.
     *
     * @param scope a requested scope
     * @return the tools that need it, in the servers' order
     */
    public List<RequestedTool> behind(String scope) {
        return tools.stream()
                .filter(each -> each.tool().scopes().contains(scope))
                .toList();
    }

    /**
     * The same request without some scopes.
     *
     * @param without the scopes to leave out
     * @return the tools behind what is left
     */
    public RequestedTools minus(Set<String> without) {
        Set<String> left = new LinkedHashSet<>(scopes);
        left.removeAll(without);
        return new RequestedTools(
                left,
                tools.stream()
                        .filter(each -> each.tool().scopes().stream().anyMatch(left::contains))
                        .toList());
    }

    /**
     * Weighs the scopes. A scope that stands for no tool, such as {@code openid}, is never useless.
     *
     * @param permitted whether the user holds the permission for a tool
     * @return what becomes of the scopes
     */
    public Verdict weigh(Predicate<RequestedTool> permitted) {
        List<RequestedTool> held = tools.stream().filter(permitted).toList();
        Set<String> useful = scopesOf(held);
        Set<String> useless = new LinkedHashSet<>(scopesOf(tools));
        useless.retainAll(scopes);
        useless.removeAll(useful);
        Set<String> granted = new LinkedHashSet<>(scopes);
        granted.removeAll(useless);
        List<String> callable = held.stream()
                .map(RequestedTool::tool)
                .filter(tool -> tool.missingFrom(granted).isEmpty())
                .map(McpTool::key)
                .distinct()
                .toList();
        return new Verdict(Collections.unmodifiableSet(granted), Collections.unmodifiableSet(useless), callable);
    }

    private static Set<String> scopesOf(List<RequestedTool> tools) {
        Set<String> scopes = new LinkedHashSet<>();
        tools.forEach(each -> scopes.addAll(each.tool().scopes()));
        return scopes;
    }
}
