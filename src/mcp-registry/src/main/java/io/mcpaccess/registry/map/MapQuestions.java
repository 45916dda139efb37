package io.mcpaccess.registry.map;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.core.mcp.ToolObject;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.openfga.PermissionQuestion;
import java.util.Map;
import java.util.Optional;

/** Turns tools into the questions that the engine would be asked about a call. */
public final class MapQuestions {

    private static final String TOOL_CALL = "tools/call";

    private final AccessSettings access;
    private final CheckMapping mapping;

    /**
     * Questions of one engine.
     *
     * @param engine the engine
     */
    public MapQuestions(EngineView engine) {
        this.access = engine.access();
        this.mapping = engine.mapping();
    }

    /**
     * May somebody call a tool?
     *
     * @param subject who
     * @param server the server's client id
     * @param tool the tool's key
     * @return the question, or nothing where an identifier must not be put before the engine
     */
    public Optional<PermissionQuestion> call(Subject subject, String server, String tool) {
        return ask(subject, TOOL_CALL, server, tool);
    }

    /**
     * May an application use a tool? Asked only where the engine's settings want it.
     *
     * @param subject the application
     * @param server the server's client id
     * @param tool the tool's key
     * @return the question, or nothing where an identifier must not be put before the engine
     */
    public Optional<PermissionQuestion> use(Subject subject, String server, String tool) {
        return ask(subject, access.clientRelation(), server, tool);
    }

    private Optional<PermissionQuestion> ask(Subject subject, String action, String server, String tool) {
        ToolObject template = access.toolObject();
        try {
            return Optional.of(mapping.map(EvaluationRequest.of(
                    subject,
                    new Action(action, Map.of()),
                    new Resource(template.type(), template.id(server, tool), Map.of()))));
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }
}
