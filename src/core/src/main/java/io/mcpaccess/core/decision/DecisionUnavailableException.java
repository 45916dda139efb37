package io.mcpaccess.core.decision;

/** Something that rests on decisions could not be answered because none could be made; status 503. */
public final class DecisionUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ReasonCode reason;

    /**
     * Says why.
     *
     * @param unavailable the outcome that stands for all
     */
    public DecisionUnavailableException(Outcome.Unavailable unavailable) {
        super(unavailable.message());
        this.reason = unavailable.reason();
    }

    /**
     * Why.
     *
     * @return a reason that is an unavailability
     */
    public ReasonCode reason() {
        return reason;
    }
}
