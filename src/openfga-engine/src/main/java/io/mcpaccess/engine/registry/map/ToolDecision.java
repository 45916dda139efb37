package io.mcpaccess.engine.registry.map;

import java.util.Optional;

/**
 * Whether one subject may call a tool, scopes left aside: those are of a token, not of a subject.
 *
 * @param server the server's name
 * @param clientId the server's client id
 * @param key the tool's key
 * @param decision whether it may
 * @param reasonCode why, as decisions carry it
 * @param why the engine's explanation of a refusal, where asked for and to be had
 */
public record ToolDecision(
        String server, String clientId, String key, boolean decision, String reasonCode, Optional<String> why) {

    ToolDecision because(Optional<String> explanation) {
        return new ToolDecision(server, clientId, key, decision, reasonCode, explanation);
    }
}
