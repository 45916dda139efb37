package io.mcpaccess.openfga.embedded.condition.cel;

/** An expression that has no value for the values of its parameters. The message holds none of them. */
public final class EvaluationException extends Exception {

    private static final long serialVersionUID = 1L;

    EvaluationException(String message) {
        super(message, null, false, false);
    }
}
