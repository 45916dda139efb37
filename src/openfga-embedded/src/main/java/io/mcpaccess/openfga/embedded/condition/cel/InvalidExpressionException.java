package io.mcpaccess.openfga.embedded.condition.cel;

/** An expression that does not compile. The message is for the one who wrote it and holds no library's words. */
public final class InvalidExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String reason;

    InvalidExpressionException(String reason) {
        super(reason);
        this.line = 0;
        this.column = 0;
        this.reason = reason;
    }

    /** A fault at a line and column of the expression, both counted from 1. */
    InvalidExpressionException(int line, int column, String reason) {
        super("line " + line + ", column " + column + ": " + reason);
        this.line = line;
        this.column = column;
        this.reason = reason;
    }

    /**
     * The line of the fault.
     *
     * @return counted from 1; 0 where it is of the whole expression
     */
    public int line() {
        return line;
    }

    /**
     * The column of the fault.
     *
     * @return counted from 1; 0 where it is of the whole expression
     */
    public int column() {
        return column;
    }

    /**
     * What is wrong, without its place.
     *
     * @return a part of a sentence
     */
    public String reason() {
        return reason;
    }
}
