package io.mcpaccess.policy.am;

import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.ProtectedResource;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.policy.am.RequestedTools.RequestedTool;
import io.mcpaccess.support.McpServerReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The MCP servers of one domain as AM's gateway holds them ({@code ProtectedResourceManager}).
 *
 * @param manager AM's manager
 * @param domainId the domain; the manager of a master domain holds the resources of all domains
 */
public record DomainServers(ProtectedResourceManager manager, String domainId) {

    /**
     * The servers that resource indicators address (RFC 8707).
     *
     * @param resources resource identifiers
     * @return the servers, each once
     */
    public List<McpServer> addressedBy(Set<String> resources) {
        Map<String, McpServer> servers = new LinkedHashMap<>();
        for (String resource : resources) {
            for (ProtectedResource found : manager.getByIdentifier(resource)) {
                servers.put(found.getClientId(), McpServerReader.read(found));
            }
        }
        return List.copyOf(servers.values());
    }

    /**
     * Whether AM has loaded the tools of every server of the domain: else nobody can say which names two of them share.
     *
     * @return {@code false} where one is not loaded
     */
    public boolean areLoaded() {
        return own().map(McpServerReader::read).allMatch(McpServer::isLoaded);
    }

    /**
     * All tools of the domain, as far as they are loaded.
     *
     * @return the tools
     */
    public List<RequestedTool> tools() {
        return RequestedTools.all(own().map(McpServerReader::read).toList());
    }

    /**
     * The tool names that more than one server of the domain has: such a name does not say which tool is meant.
     *
     * @return keys of tools
     */
    public Set<String> sharedToolKeys() {
        Map<String, String> owners = new HashMap<>();
        Set<String> shared = new HashSet<>();
        for (RequestedTool each : tools()) {
            String owner = owners.putIfAbsent(each.tool().key(), each.server().clientId());
            if (owner != null && !owner.equals(each.server().clientId())) {
                shared.add(each.tool().key());
            }
        }
        return shared;
    }

    private Stream<ProtectedResource> own() {
        return manager.entities().stream().filter(each -> domainId.equals(each.getDomainId()));
    }
}
