package io.mcpaccess.guard.proxy.tryout;

/** Why a try went no further, in words for the person who tries; holds no token and no secret. */
public final class TryException extends Exception {
    private static final long serialVersionUID = 1L;

    TryException(String message) {
        super(message);
    }
}
