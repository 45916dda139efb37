package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.Decision;

/** What the engine says about one question. */
public sealed interface PermissionAnswer {

    /** The permission is held. */
    record Held() implements PermissionAnswer {}

    /**
     * The permission is not held.
     *
     * @param reason {@code permission_denied}, {@code condition_missing}, {@code model_mismatch} or
     *     {@code invalid_identifier}
     */
    record NotHeld(ReasonCode reason) implements PermissionAnswer {}

    /**
     * The engine is missing or did not answer clearly.
     *
     * @param reason {@code engine_not_configured} or {@code engine_unavailable}
     */
    record NoAnswer(ReasonCode reason) implements PermissionAnswer {}

    /**
     * Reads an engine's decision. An engine of somebody else gives no reason code, ours always does.
     *
     * @param decision what the engine answered, {@code null} where it answered nothing
     * @return the answer; anything unclear is none
     */
    static PermissionAnswer of(Decision decision) {
        if (decision == null) {
            return new NoAnswer(ReasonCode.ENGINE_UNAVAILABLE);
        }
        if (decision.isAllowed()) {
            return new Held();
        }
        return ReasonCode.named(decision.context().get(Outcome.REASON_CODE))
                .filter(reason -> reason != ReasonCode.PERMITTED)
                .<PermissionAnswer>map(reason -> reason.isUnavailability() ? new NoAnswer(reason) : new NotHeld(reason))
                .orElseGet(() -> new NotHeld(ReasonCode.PERMISSION_DENIED));
    }
}
