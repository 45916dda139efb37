package io.mcpaccess.openfga.embedded.condition;

import java.util.Objects;

/**
 * What is wrong with an expression.
 *
 * @param line of the expression, counted from 1; 0 where it is the whole of it
 * @param column in that line, counted from 1; 0 where it is the whole expression
 * @param reason what is wrong, for the one who wrote it
 */
public record ExpressionFault(int line, int column, String reason) {
    public ExpressionFault {
        Objects.requireNonNull(reason, "reason");
    }
}
