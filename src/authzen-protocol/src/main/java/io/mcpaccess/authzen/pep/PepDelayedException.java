package io.mcpaccess.authzen.pep;

import java.time.Duration;
import java.util.Objects;

/** Credentials that were not looked at, because too many had to be: the caller should come back after a pause. */
public final class PepDelayedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Duration pause;

    private PepDelayedException(int status, String message, Duration pause) {
        super(Objects.requireNonNull(message, "message"), null, false, false);
        this.status = status;
        this.pause = pause;
    }

    /**
     * Too many wrong secrets for this client or from this address.
     *
     * @param pause how long to wait
     * @return a delay that is answered with 429
     */
    static PepDelayedException tooManyFailures(Duration pause) {
        return new PepDelayedException(
                429, "Too many wrong secrets for this client or from this address; try again after a pause.", pause);
    }

    /**
     * Too many secrets are being compared.
     *
     * @return a delay that is answered with 503
     */
    static PepDelayedException busy() {
        return new PepDelayedException(
                503, "Too many secrets are being compared; try again after a pause.", Duration.ofSeconds(1));
    }

    /**
     * The status to answer with.
     *
     * @return 429 or 503
     */
    public int status() {
        return status;
    }

    /**
     * How long the caller should wait.
     *
     * @return at least a second
     */
    public Duration pause() {
        return pause;
    }
}
