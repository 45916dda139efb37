package io.mcpaccess.registry.page;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.registry.map.ToolFilter;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import io.mcpaccess.registry.plan.ToolNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tool and the server that has it.
 *
 * @param server the server
 * @param tool the tool
 * @param isAmbiguous whether another server has a tool of this name and permissions cannot tell them apart
 */
record DomainTool(RegisteredServer server, RegisteredTool tool, boolean isAmbiguous) {

    /** All tools of some servers, in their order. */
    static List<DomainTool> of(List<RegisteredServer> servers, AccessSettings access) {
        Set<String> ambiguous = ToolNames.of(access).ambiguous(servers);
        return servers.stream()
                .flatMap(server -> server.tools().stream()
                        .map(tool -> new DomainTool(server, tool, ambiguous.contains(tool.key()))))
                .toList();
    }

    /** The tool as a form of the page names it. */
    String name() {
        return server.clientId() + "/" + tool.key();
    }

    static Optional<DomainTool> named(List<DomainTool> tools, String name) {
        return tools.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Whether the server's name, the tool's key or one of its scopes contains a text in lower case. */
    boolean matches(String filter) {
        return ToolFilter.matches(filter, server, tool);
    }
}
