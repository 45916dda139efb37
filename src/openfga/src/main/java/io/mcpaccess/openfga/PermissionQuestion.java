package io.mcpaccess.openfga;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One question to a store: has this user this relation to this object?
 *
 * @param question the tuple asked about and the context for conditions
 * @param contextualTuples tuples that count for this question alone, at most 100 (OpenFGA's limit); mostly empty
 */
public record PermissionQuestion(CheckQuestion question, List<StoredTuple> contextualTuples) {

    /** Takes a copy of the list. */
    public PermissionQuestion {
        Objects.requireNonNull(question, "question");
        contextualTuples = List.copyOf(contextualTuples);
    }

    /**
     * A question without contextual tuples.
     *
     * @param question what is asked
     * @return the question
     */
    public static PermissionQuestion of(CheckQuestion question) {
        return new PermissionQuestion(question, List.of());
    }

    /**
     * The tuple asked about.
     *
     * @return user, relation and object, encoded
     */
    public TupleKey tuple() {
        return question.tuple();
    }

    /**
     * The values for the model's conditions.
     *
     * @return parameter names to JSON values; empty when the caller gave none
     */
    public Map<String, Object> context() {
        return question.context();
    }
}
