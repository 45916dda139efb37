package io.mcpaccess.amctl.calltest;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.SubjectName;
import io.mcpaccess.core.decision.TokenHolder;
import io.mcpaccess.core.decision.TokenState;
import io.mcpaccess.core.mcp.McpTool;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The token of a call: live, issued for the server that is called, and the subject's own. */
final class CallToken {

    private CallToken() {}

    static TokenState of(ExpectedCall call, AccessSettings settings) {
        boolean isUser = call.type().equals(TokenHolder.User.TYPE);
        Set<String> scopes = call.scopes()
                .orElseGet(() ->
                        call.server().tool(call.tool()).map(McpTool::scopes).orElse(Set.of()));
        return new TokenState.Active(
                holder(call, settings.subject()),
                call.id(),
                call.client().or(() -> isUser ? Optional.empty() : Optional.of(call.id())),
                List.copyOf(call.server().resourceIdentifiers()),
                scopes,
                call.time().orElse(Instant.EPOCH),
                List.of());
    }

    /** Where permissions name users by their source, too, the name has it before a slash. */
    private static TokenHolder holder(ExpectedCall call, SubjectName names) {
        String id = call.id();
        int slash = names == SubjectName.SOURCE_USERNAME ? id.indexOf('/') : -1;
        return switch (call.type()) {
            case TokenHolder.Application.TYPE -> new TokenHolder.Application();
            case TokenHolder.Agent.TYPE -> new TokenHolder.Agent();
            default ->
                slash < 0
                        ? new TokenHolder.User(id, Optional.empty())
                        : new TokenHolder.User(id.substring(slash + 1), Optional.of(id.substring(0, slash)));
        };
    }
}
