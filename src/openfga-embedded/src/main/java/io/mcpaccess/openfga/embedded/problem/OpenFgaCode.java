package io.mcpaccess.openfga.embedded.problem;

/** The error codes of OpenFGA's API that this engine gives (OpenFGA API, ErrorCode and InternalErrorCode). */
public enum OpenFgaCode {
    /** The request, tuple or condition is not acceptable. */
    VALIDATION_ERROR(2000, "validation_error"),
    /** The model is not pinned to one that exists. */
    AUTHORIZATION_MODEL_NOT_FOUND(2001, "authorization_model_not_found"),
    /** The evaluation went deeper than 25 steps. */
    RESOLUTION_TOO_COMPLEX(2002, "authorization_model_resolution_too_complex"),
    /** A write without writes and without deletes. */
    INVALID_WRITE_INPUT(2003, "invalid_write_input"),
    /** A write names the same tuple twice. */
    DUPLICATE_TUPLES(2004, "cannot_allow_duplicate_tuples_in_one_request"),
    /** A page token that this store did not give. */
    INVALID_CONTINUATION_TOKEN(2007, "invalid_continuation_token"),
    /** An expand without object or relation. */
    INVALID_EXPAND_INPUT(2012, "invalid_expand_input"),
    /** A tuple is there already, or is to be deleted and is not there. */
    WRITE_FAILED(2017, "write_failed_due_to_invalid_input"),
    /** The store has no model yet. */
    LATEST_MODEL_NOT_FOUND(2020, "latest_authorization_model_not_found"),
    /** The model has no such type. */
    TYPE_NOT_FOUND(2021, "type_not_found"),
    /** The type has no such relation. */
    RELATION_NOT_FOUND(2022, "relation_not_found"),
    /** A contextual tuple that the model does not allow. */
    INVALID_TUPLE(2027, "invalid_tuple"),
    /** The model breaks a rule of the modelling language. */
    INVALID_MODEL(2056, "invalid_authorization_model"),
    /** More items than one request may have. */
    EXCEEDED_ENTITY_LIMIT(2057, "exceeded_entity_limit"),
    /** The deadline passed before there was an answer. */
    DEADLINE_EXCEEDED(4004, "deadline_exceeded");

    private final int number;
    private final String text;

    OpenFgaCode(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /**
     * The number of the code.
     *
     * @return such as 2000
     */
    public int number() {
        return number;
    }

    /**
     * The name that stands in {@code code} of OpenFGA's error bodies.
     *
     * @return such as {@code validation_error}
     */
    public String text() {
        return text;
    }
}
