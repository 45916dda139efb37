package io.mcpaccess.openfga.embedded.condition.cel;

/** The evaluation is given up as a whole: nothing else in the expression can make good for it. */
final class EvaluationAbandonedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The reason is for a person and holds no values. */
    EvaluationAbandonedException(String reason) {
        super(reason, null, false, false);
    }
}
