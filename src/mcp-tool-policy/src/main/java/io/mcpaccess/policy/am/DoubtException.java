package io.mcpaccess.policy.am;

import java.util.LinkedHashSet;
import java.util.Set;

/** Nothing can be decided. Its message is for the log and the audit, never for the client. */
public final class DoubtException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final LinkedHashSet<String> stale;

    /**
     * A doubt.
     *
     * @param reason a stable code, lower-case words joined by underscores
     * @param message what was seen and what to do, for the administrator
     */
    public DoubtException(String reason, String message) {
        this(reason, message, Set.of());
    }

    private DoubtException(String reason, String message, Set<String> stale) {
        super(message);
        this.reason = reason;
        this.stale = new LinkedHashSet<>(stale);
    }

    /**
     * Names what went wrong.
     *
     * @param problem what failed
     * @return the same where it is named already
     */
    public static DoubtException of(Throwable problem) {
        return problem instanceof DoubtException known
                ? known
                : new DoubtException("step_failed", problem.getClass().getName());
    }

    /**
     * The same doubt, of which one thing is certain all the same.
     *
     * @param scopes scopes that the user must approve again
     * @return a doubt that knows them
     */
    public DoubtException withStale(Set<String> scopes) {
        return new DoubtException(reason, getMessage(), scopes);
    }

    public String reason() {
        return reason;
    }

    /** Scopes that must be left out whatever the doubt is about. */
    public Set<String> stale() {
        return Set.copyOf(stale);
    }
}
