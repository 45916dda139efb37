package io.mcpaccess.samples.demo;

/** The demo saw something else than it must: it ends here. */
final class DifferentAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DifferentAnswer(String message) {
        super(message);
    }

    DifferentAnswer(String message, Throwable cause) {
        super(message, cause);
    }

    /** Ends the demo unless both are equal. */
    static void unlessEqual(String what, Object expected, Object seen) {
        if (!expected.equals(seen)) {
            throw new DifferentAnswer(what + ": expected " + expected + ", saw " + seen);
        }
    }

    /** Ends the demo unless it holds. */
    static void unless(boolean holds, String what, Object seen) {
        if (!holds) {
            throw new DifferentAnswer(what + ", saw " + seen);
        }
    }
}
