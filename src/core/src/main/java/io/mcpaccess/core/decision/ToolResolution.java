package io.mcpaccess.core.decision;

import io.mcpaccess.core.decision.Outcome.Layer;
import io.mcpaccess.core.decision.Outcome.Refused;
import io.mcpaccess.core.mcp.McpServer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the MCP server and the tool that a question is about. An MCP server asks about its own tools. An application's
 * question is about the one registered server in the token's audience, or, without a token, about the one server that
 * has the tool. Several are a doubt, and so is a server whose tools AM has not loaded yet.
 */
final class ToolResolution {

    private final Collection<McpServer> servers;
    private final AccessSettings settings;

    /**
     * Looks at one state of the domain.
     *
     * @param servers the domain's MCP servers
     * @param settings the domain's settings
     */
    ToolResolution(Collection<McpServer> servers, AccessSettings settings) {
        this.servers = servers;
        this.settings = settings;
    }

    /**
     * The registered MCP server that asks.
     *
     * @param pep the caller
     * @return the server, or nothing where AM has not loaded it
     */
    Optional<McpServer> own(Pep pep) {
        for (McpServer server : servers) {
            if (server.clientId().equals(pep.clientId())) {
                return Optional.of(server);
            }
        }
        return Optional.empty();
    }

    /**
     * The one registered MCP server that a token was issued for.
     *
     * @param audience the token's audience
     * @return the server, or nothing where the audience names none or several
     */
    Optional<McpServer> addressedBy(List<String> audience) {
        List<McpServer> addressed =
                servers.stream().filter(server -> server.isAudienceOf(audience)).toList();
        return addressed.size() == 1 ? Optional.of(addressed.get(0)) : Optional.empty();
    }

    /**
     * The registered MCP server with a resource identifier.
     *
     * @param identifier the identifier; AM keeps it unique in the domain
     * @return the server, or nothing where none has it
     */
    Optional<McpServer> identifiedBy(String identifier) {
        return addressedBy(List.of(identifier));
    }

    /**
     * The target of an MCP server's question.
     *
     * @param pep the MCP server
     * @param id the question's resource identifier
     * @param credentialed whether the question brings a token or scopes along
     * @return the target
     */
    ToolTarget ownedBy(Pep pep, String id, boolean credentialed) {
        Optional<McpServer> own = own(pep).filter(McpServer::isLoaded);
        if (own.isEmpty()) {
            return new ToolTarget.Decided(NotLoaded.TOOLS);
        }
        McpServer server = own.get();
        Optional<ToolTarget> registered = find(server, id);
        if (registered.isPresent()) {
            return registered.get();
        }
        if (servers.stream().anyMatch(other -> find(other, id).isPresent())) {
            return refused(ReasonCode.CALLER_NOT_ALLOWED);
        }
        return unknown(credentialed);
    }

    /**
     * The target of an application's question that carries a token.
     *
     * @param audience the token's audience
     * @param id the question's resource identifier
     * @return the target
     */
    ToolTarget addressedBy(List<String> audience, String id) {
        Optional<McpServer> addressed = addressedBy(audience);
        if (addressed.isEmpty()) {
            return refused(ReasonCode.AUDIENCE_MISMATCH);
        }
        McpServer server = addressed.get();
        if (!server.isLoaded()) {
            return new ToolTarget.Decided(NotLoaded.TOOLS);
        }
        return find(server, id).orElseGet(() -> refused(ReasonCode.TOOL_UNKNOWN));
    }

    /**
     * The target of an application's question without a token.
     *
     * @param id the question's resource identifier
     * @return the target
     */
    ToolTarget namedBy(String id) {
        if (servers.stream().anyMatch(server -> !server.isKnown() || isChanging(server, id))) {
            return new ToolTarget.Decided(NotLoaded.TOOLS);
        }
        List<ToolTarget> found =
                servers.stream().flatMap(server -> find(server, id).stream()).toList();
        if (found.isEmpty()) {
            return unknown(false);
        }
        if (found.size() == 1 || permissionIsShared()) {
            return found.get(0);
        }
        return refused(ReasonCode.TOOL_AMBIGUOUS);
    }

    /**
     * Whether a permission for this tool would open another server's tool too.
     *
     * @param target the tool that the question is about
     * @return the refusal, or nothing where the permission is about this tool alone
     */
    Optional<Outcome> ambiguity(ToolTarget.Registered target) {
        if (!settings.refusesSharedToolNames()) {
            return Optional.empty();
        }
        boolean known = true;
        for (McpServer other : servers) {
            if (other.clientId().equals(target.server().clientId())) {
                continue;
            }
            if (other.isKnownToHave(target.tool().key())) {
                return Optional.of(new Refused(ReasonCode.TOOL_AMBIGUOUS, List.of(Layer.PERMISSION), Map.of()));
            }
            known &= other.isKnown();
        }
        return known ? Optional.empty() : Optional.of(NotLoaded.TOOLS);
    }

    private boolean permissionIsShared() {
        return !settings.toolObject().isQualified()
                && settings.sharedToolNames() == AccessSettings.SharedToolNames.ALLOW;
    }

    /** A tool key has no slash, so the qualified form of an identifier cannot be taken for another tool's key. */
    private Optional<ToolTarget> find(McpServer server, String id) {
        return key(server, id).flatMap(server::tool).map(tool -> new ToolTarget.Registered(server, tool));
    }

    /** The key that an identifier would have on a server. */
    private Optional<String> key(McpServer server, String id) {
        if (!settings.toolObject().isQualified() || server.isKnownToHave(id)) {
            return Optional.of(id);
        }
        String prefix = settings.toolObject().id(server.clientId(), "");
        return id.startsWith(prefix) ? Optional.of(id.substring(prefix.length())) : Optional.empty();
    }

    /** Whether a server that is being read again had the tool that a question is about. */
    private boolean isChanging(McpServer server, String id) {
        return !server.isLoaded()
                && key(server, id).filter(server::isKnownToHave).isPresent();
    }

    private ToolTarget unknown(boolean credentialed) {
        if (servers.stream().anyMatch(server -> !server.isLoaded())) {
            return new ToolTarget.Decided(NotLoaded.TOOLS);
        }
        return credentialed || settings.unknownTools() == AccessSettings.UnknownTools.DENY
                ? refused(ReasonCode.TOOL_UNKNOWN)
                : new ToolTarget.EngineAlone();
    }

    private static ToolTarget refused(ReasonCode reason) {
        return new ToolTarget.Decided(new Refused(reason, List.of(), Map.of()));
    }
}
