package io.mcpaccess.registry.plan;

/** A request that cannot become a plan. The message says what is wrong, where, and what to do. Nothing was changed. */
public final class InvalidDeclarationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message for the caller; never with credentials in it
     */
    public InvalidDeclarationException(String message) {
        super(message);
    }
}
