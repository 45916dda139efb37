package io.mcpaccess.openfga;

/** An identifier that must never be put before OpenFGA. The message names the member, never the value. */
public final class InvalidIdentifierException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message a sentence for the caller
     */
    public InvalidIdentifierException(String message) {
        super(message);
    }
}
