package io.mcpaccess.core.decision;

/** Something that rests on decisions could not be answered because none could be made; status 503. */
public final class DecisionUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Outcome.Unavailable outcome;

    /**
     * Says why.
     *
     * @param unavailable the outcome that stands for all
     */
    public DecisionUnavailableException(Outcome.Unavailable unavailable) {
        super(unavailable.message());
        this.outcome = unavailable;
    }

    /**
     * The outcome that stands for all.
     *
     * @return what a single evaluation would be answered with
     */
    public Outcome.Unavailable outcome() {
        return outcome;
    }
}
