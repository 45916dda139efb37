package io.mcpaccess.openfga.embedded.evaluation;

/**
 * A question that may take longer than its thread can be held: it is asked again on another one. Says no more than
 * that, so there is one of it, without a stack.
 */
public final class NeedsTimeException extends RuntimeException {

    static final NeedsTimeException INSTANCE = new NeedsTimeException();

    private static final long serialVersionUID = 1L;

    private NeedsTimeException() {
        super("the question may take longer than its thread can be held", null, false, false);
    }
}
