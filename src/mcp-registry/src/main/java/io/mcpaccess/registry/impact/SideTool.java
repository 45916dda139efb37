package io.mcpaccess.registry.impact;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.mcp.ToolObject;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import io.mcpaccess.registry.plan.ToolNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tool on one side of a change, and what its calls hang on.
 *
 * @param server the server that has it
 * @param tool the tool
 * @param isAmbiguous whether another server has a tool of this name and permissions do not tell them apart: then nobody gets through
 * @param isShadowed whether the engine's refusals are recorded and not enforced: then everybody gets through
 * @param call the check behind a call, its user left open; empty where the tool's name cannot be put before the engine
 */
record SideTool(
        RegisteredServer server,
        RegisteredTool tool,
        boolean isAmbiguous,
        boolean isShadowed,
        Optional<TupleKey> call) {

    private static final Subject ANYBODY = Subject.of("user", "anybody");

    /** The tools of a side by server and key. */
    static Map<List<String>, SideTool> of(ImpactSide side) {
        Set<String> ambiguous = ToolNames.of(side.access()).ambiguous(side.servers());
        Map<List<String>, SideTool> sideTools = new LinkedHashMap<>();
        for (RegisteredServer server : side.servers()) {
            for (RegisteredTool tool : server.tools()) {
                sideTools.put(
                        List.of(server.id(), tool.key()),
                        new SideTool(
                                server,
                                tool,
                                ambiguous.contains(tool.key()),
                                side.access().isShadowed(server.clientId()),
                                question(side, ANYBODY, "tools/call", resource(side, server, tool))));
            }
        }
        return sideTools;
    }

    private static Resource resource(ImpactSide side, RegisteredServer server, RegisteredTool tool) {
        ToolObject template = side.access().toolObject();
        return new Resource(template.type(), template.id(server.clientId(), tool.key()), Map.of());
    }

    /** The checks of which an application must pass one to be used for this tool. */
    List<TupleKey> uses(ImpactSide side, Subject application) {
        String relation = side.access().clientRelation();
        return List.of(resource(side, server, tool), new Resource("mcp_server", server.clientId(), Map.of())).stream()
                .flatMap(resource -> question(side, application, relation, resource).stream())
                .toList();
    }

    private static Optional<TupleKey> question(ImpactSide side, Subject subject, String action, Resource resource) {
        try {
            return Optional.of(side.mapping()
                    .map(EvaluationRequest.of(subject, new Action(action, Map.of()), resource))
                    .tuple());
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }
}
