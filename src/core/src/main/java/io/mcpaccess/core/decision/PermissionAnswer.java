package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.Decision;

/** What the engine says about one question. */
public sealed interface PermissionAnswer {

    /** The member of a decision's context by which our engine says that it remembered the answer. */
    String REMEMBERED = "remembered";

    /**
     * Whether the engine remembered the answer instead of asking again.
     *
     * @return {@code true} where the answer comes from the engine's cache
     */
    default boolean isRemembered() {
        return false;
    }

    /**
     * The permission is held.
     *
     * @param isRemembered whether the engine remembered it
     */
    record Held(boolean isRemembered) implements PermissionAnswer {

        /** The permission is held; the engine was asked. */
        public Held() {
            this(false);
        }
    }

    /**
     * The permission is not held.
     *
     * @param reason {@code permission_denied}, {@code condition_missing}, {@code model_mismatch} or
     *     {@code invalid_identifier}
     * @param isRemembered whether the engine remembered it
     */
    record NotHeld(ReasonCode reason, boolean isRemembered) implements PermissionAnswer {

        /**
         * The permission is not held; the engine was asked.
         *
         * @param reason why
         */
        public NotHeld(ReasonCode reason) {
            this(reason, false);
        }
    }

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
        boolean remembered = Boolean.TRUE.equals(decision.context().get(REMEMBERED));
        if (decision.isAllowed()) {
            return new Held(remembered);
        }
        return ReasonCode.named(decision.context().get(Outcome.REASON_CODE))
                .filter(reason -> !reason.isPassage())
                .<PermissionAnswer>map(
                        reason -> reason.isUnavailability() ? new NoAnswer(reason) : new NotHeld(reason, remembered))
                .orElseGet(() -> new NotHeld(ReasonCode.PERMISSION_DENIED, remembered));
    }
}
