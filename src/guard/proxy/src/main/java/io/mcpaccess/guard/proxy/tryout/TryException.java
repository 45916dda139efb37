package io.mcpaccess.guard.proxy.tryout;

/** Why a try went no further, in words for the person who tries; holds no token and no secret. */
public final class TryException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What others wrote must not move the cursor of the person's terminal. */
    static String printable(String text) {
        return text.replaceAll("[[\\p{Cntrl}\\x{80}-\\x{9F}\\p{Cf}]&&[^\n]]", "?");
    }

    TryException(String message) {
        super(printable(message));
    }
}
