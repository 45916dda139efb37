package io.mcpaccess.openfga.embedded.condition.cel;

/** An expression that does not compile. The message is for the one who wrote it and holds no library's words. */
public final class InvalidExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidExpressionException(String message) {
        super(message);
    }
}
