package io.mcpaccess.registry.page;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
        boolean isTold =
                access.toolObject().isQualified() || access.sharedToolNames() == AccessSettings.SharedToolNames.ALLOW;
        Map<String, Long> uses = servers.stream()
                .map(RegisteredServer::tools)
                .flatMap(Collection::stream)
                .collect(Collectors.groupingBy(RegisteredTool::key, Collectors.counting()));
        return servers.stream()
                .flatMap(server -> server.tools().stream()
                        .map(tool -> new DomainTool(server, tool, !isTold && uses.get(tool.key()) > 1)))
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
        return server.name().toLowerCase(Locale.ROOT).contains(filter)
                || tool.key().toLowerCase(Locale.ROOT).contains(filter)
                || tool.scopes().stream()
                        .anyMatch(scope -> scope.toLowerCase(Locale.ROOT).contains(filter));
    }
}
