package io.mcpaccess.registry.plan;

import io.mcpaccess.core.decision.AccessSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a tool's key means beside other MCP servers of its domain, as the engine is set. While permissions name the tool alone, a
 * key that two servers have is refused on both, to everybody ({@code tool_ambiguous}), or one permission opens both.
 */
public enum ToolNames {

    /** Permissions name server and tool; two servers' tools of one name are two. */
    QUALIFIED,

    /** Permissions name the tool alone; what two servers share is refused. */
    SHARED_REFUSED,

    /** Permissions name the tool alone; one permission opens the tools of that name on every server. */
    SHARED_OPENED;

    /**
     * What a key means under an engine's settings.
     *
     * @param access the settings
     * @return the meaning
     */
    public static ToolNames of(AccessSettings access) {
        if (access.toolObject().isQualified()) {
            return QUALIFIED;
        }
        return access.refusesSharedToolNames() ? SHARED_REFUSED : SHARED_OPENED;
    }

    /**
     * The keys that nobody may call, because several servers have them and permissions do not tell them apart.
     *
     * @param servers all MCP servers of the domain
     * @return the keys; none unless shared ones are refused
     */
    public Set<String> ambiguous(List<RegisteredServer> servers) {
        if (this != SHARED_REFUSED) {
            return Set.of();
        }
        Map<String, Integer> uses = new HashMap<>();
        servers.forEach(server -> server.tools().forEach(tool -> uses.merge(tool.key(), 1, Integer::sum)));
        uses.values().removeIf(count -> count == 1);
        return Set.copyOf(uses.keySet());
    }

    /** The template that tells two servers' tools apart. */
    static final String TEMPLATE = "tool:{server}/{tool}";

    /**
     * The words of a plan for a tool that another server has.
     *
     * @param key the tool's key
     * @param others the servers that have it, not empty
     * @return what registering it does; never empty
     */
    String consequence(String key, List<RegisteredServer> others) {
        String whose = key + " of " + String.join(" and ", names(others));
        return switch (this) {
            case SHARED_REFUSED -> "closes " + whose + " for everybody";
            case SHARED_OPENED -> "is opened by the permissions that " + whose + " has";
            case QUALIFIED -> "has the name of " + whose + ", and permissions of its own";
        };
    }

    /**
     * Why a tool is refused that would close another.
     *
     * @param key the tool's key
     * @param others the servers that have it, not empty
     * @return the reason, with what to do
     */
    String refusal(String key, List<RegisteredServer> others) {
        return consequence(key, others)
                + ": permissions name the tool alone, so neither could be called (tool_ambiguous). Give it another key,"
                + " or set the engine's toolObject to " + TEMPLATE
                + " and move the tuples with amctl tuples qualify, or use force=true";
    }

    private static List<String> names(List<RegisteredServer> servers) {
        return servers.stream().map(RegisteredServer::name).toList();
    }
}
