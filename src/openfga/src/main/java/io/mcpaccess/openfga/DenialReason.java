package io.mcpaccess.openfga;

/** Why a store that did answer said no. */
public enum DenialReason {

    /** The user does not have the relation. */
    PERMISSION_DENIED("permission_denied"),

    /** The answer hangs on a condition whose parameter was not given. */
    CONDITION_MISSING("condition_missing"),

    /** The model has no such type or relation, or none that such a user can have. */
    MODEL_MISMATCH("model_mismatch");

    private final String code;

    DenialReason(String code) {
        this.code = code;
    }

    /**
     * The reason code.
     *
     * @return lower-case words joined by underscores
     */
    public String code() {
        return code;
    }
}
