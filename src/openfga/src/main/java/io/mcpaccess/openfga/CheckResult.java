package io.mcpaccess.openfga;

import java.util.Objects;

/** The answer to one {@link PermissionQuestion}. */
public sealed interface CheckResult {

    /**
     * Whether the answer is an allow.
     *
     * @return true for {@link Allowed} alone
     */
    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    /**
     * Whether the store was asked some time ago, and the answer remembered.
     *
     * @return true when it comes from a cache
     */
    default boolean isRemembered() {
        return false;
    }

    /**
     * The stable reason code of the answer.
     *
     * @return lower-case words joined by underscores
     */
    String reasonCode();

    /**
     * The answer allow.
     *
     * @return the result
     */
    static CheckResult allowed() {
        return new Allowed(false);
    }

    /**
     * The answer deny.
     *
     * @param reason why
     * @param detail what an administrator would want to know; no secrets, no context values
     * @return the result
     */
    static CheckResult denied(DenialReason reason, String detail) {
        return new Denied(reason, detail, false);
    }

    /**
     * The plain answer deny: the user does not have the relation.
     *
     * @return the result
     */
    static CheckResult denied() {
        return new Denied(DenialReason.PERMISSION_DENIED, "", false);
    }

    /**
     * No answer could be had.
     *
     * @param detail what went wrong, for the log and the administrator; no secrets
     * @return the result
     */
    static CheckResult unavailable(String detail) {
        return new Unavailable(detail);
    }

    /**
     * The store said, without doubt, that the user has the relation.
     *
     * @param isRemembered whether it said so some time ago
     */
    record Allowed(boolean isRemembered) implements CheckResult {
        @Override
        public String reasonCode() {
            return "permitted";
        }
    }

    /**
     * The store answered, and the answer is no.
     *
     * @param reason why
     * @param detail for the administrator, never for the caller of a tool; may be empty
     * @param isRemembered whether it said so some time ago
     */
    record Denied(DenialReason reason, String detail, boolean isRemembered) implements CheckResult {
        /** Neither part is null. */
        public Denied {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public String reasonCode() {
            return reason.code();
        }
    }

    /**
     * Nobody knows: the store was not reached, was too late, or answered something that is no answer.
     *
     * @param detail for the log and the administrator; may be empty
     */
    record Unavailable(String detail) implements CheckResult {
        /** The detail is not null. */
        public Unavailable {
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public String reasonCode() {
            return "engine_unavailable";
        }
    }
}
