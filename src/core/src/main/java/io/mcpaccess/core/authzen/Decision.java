package io.mcpaccess.core.authzen;

import java.util.Map;

/**
 * The answer to one access question (AuthZEN 1.0, section 5.5).
 *
 * @param decision {@code true} permits; anything else must not be permitted
 * @param context what the answer rests on; JSON values, never {@code null}, unmodifiable
 */
public record Decision(boolean decision, Map<String, Object> context) {

    public Decision {
        context = FrozenObject.of(context);
    }

    /**
     * Reads aloud what {@link #decision()} says.
     *
     * @return whether access is permitted
     */
    public boolean isAllowed() {
        return decision;
    }
}
