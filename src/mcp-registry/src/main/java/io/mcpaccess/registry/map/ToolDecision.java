package io.mcpaccess.registry.map;

import io.mcpaccess.core.decision.Outcome.Layer;
import java.util.List;
import java.util.Optional;

/**
 * Whether one subject may call a tool. Of the layers only the permission is asked: the scopes are of a token, not of a
 * subject, so those that a token has to carry are named.
 *
 * @param server the server's name
 * @param clientId the server's client id
 * @param key the tool's key
 * @param scopes the scopes that a token has to carry, all of them
 * @param decision whether it may
 * @param reasonCode why, as decisions carry it
 * @param why the engine's explanation of a refusal, where asked for and to be had
 */
public record ToolDecision(
        String server,
        String clientId,
        String key,
        List<String> scopes,
        boolean decision,
        String reasonCode,
        Optional<String> why) {

    /** Takes a copy of the list. */
    public ToolDecision {
        scopes = List.copyOf(scopes);
    }

    /**
     * The layer that refused.
     *
     * @return its name as decisions carry it; empty where nothing refused
     */
    public Optional<String> layer() {
        return decision ? Optional.empty() : Optional.of(Layer.PERMISSION.wireName());
    }

    ToolDecision because(Optional<String> explanation) {
        return new ToolDecision(server, clientId, key, scopes, decision, reasonCode, explanation);
    }
}
