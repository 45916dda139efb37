package io.mcpaccess.policy.token;

import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.policy.am.RequestedTools.RequestedTool;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the engine said about tools.
 *
 * @param subject who would call them, as permissions name it
 * @param byTool the answer about each tool, those refused unasked included
 * @param audits which findings the engine wants audited
 */
record ToolAnswers(Subject subject, Map<RequestedTool, PermissionAnswer> byTool, AuditRule audits) {

    /** Copies what it is given. */
    ToolAnswers {
        byTool = Collections.unmodifiableMap(new LinkedHashMap<>(byTool));
    }

    boolean isHeld(RequestedTool tool) {
        return byTool.get(tool) instanceof PermissionAnswer.Held;
    }

    boolean isComplete() {
        return byTool.values().stream().noneMatch(PermissionAnswer.NoAnswer.class::isInstance);
    }
}
