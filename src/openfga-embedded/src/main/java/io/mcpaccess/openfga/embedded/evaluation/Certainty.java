package io.mcpaccess.openfga.embedded.evaluation;

/** What is certain of a question, and of several together. */
final class Certainty {

    /** An allow. */
    static final int ALLOWED = 1;
    /** A deny. */
    static final int DENIED = 0;
    /** A deny that a circle of tuples had a part in. */
    static final int CIRCLE = -1;
    /** No answer: the walk tells why. */
    static final int FAILED = -2;

    private Certainty() {}

    /** What is certain of two things that are both needed: a circle beats a deny, a deny an error, an error an allow. */
    static int both(int first, int second) {
        if (first == CIRCLE || second == CIRCLE) {
            return CIRCLE;
        }
        if (first == DENIED || second == DENIED) {
            return DENIED;
        }
        return first == FAILED || second == FAILED ? FAILED : ALLOWED;
    }

    /** What is certain of two alternatives: an allow beats an error, an error beats a deny. */
    static int either(int first, int second) {
        if (first == ALLOWED || second == ALLOWED) {
            return ALLOWED;
        }
        return Math.min(first, second);
    }
}
