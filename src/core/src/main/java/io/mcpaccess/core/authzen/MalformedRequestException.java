package io.mcpaccess.core.authzen;

/**
 * A body that is no request of AuthZEN 1.0; answered with status 400 (section 10.1.2). The message is a sentence for the
 * caller and never repeats values of the body.
 */
public final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message a sentence that names the member and what it must be
     */
    public MalformedRequestException(String message) {
        super(message);
    }
}
