package io.mcpaccess.openfga.embedded.backend;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendException.Problem;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.DenialReason;
import io.mcpaccess.openfga.Failures;
import io.mcpaccess.openfga.embedded.CheckOutcome;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** The engine's answers and errors in the words of the backend. */
public final class BackendAnswers {

    private BackendAnswers() {}

    /**
     * An answer as a store gives it.
     *
     * @param outcome what the engine says
     * @return yes, no with its reason, or that there is none
     */
    public static CheckResult result(CheckOutcome outcome) {
        if (outcome instanceof CheckOutcome.Refused refused) {
            return switch (refused.error().about()) {
                case MODEL ->
                    CheckResult.denied(
                            DenialReason.MODEL_MISMATCH, refused.error().message());
                case CONDITION ->
                    CheckResult.denied(
                            DenialReason.CONDITION_MISSING, refused.error().message());
                default -> CheckResult.unavailable(refused.error().message());
            };
        }
        return outcome.isAllowed() ? CheckResult.allowed() : CheckResult.denied();
    }

    static boolean saysThatTheModelDoesNotKnowIt(Throwable thrown) {
        return Failures.unwrapped(thrown) instanceof OpenFgaException e
                && e.error().about() == OpenFgaError.About.MODEL;
    }

    static BackendException exception(Throwable thrown) {
        Throwable cause = Failures.unwrapped(thrown);
        if (cause instanceof BackendException e) {
            return e;
        }
        if (cause instanceof RejectedExecutionException) {
            return new BackendException(Problem.UNAVAILABLE, "The embedded store is stopped, or too busy: try again");
        }
        if (cause instanceof TimeoutException) {
            return new BackendException(Problem.UNAVAILABLE, "The embedded store did not answer in time");
        }
        if (!(cause instanceof OpenFgaException e)) {
            return new BackendException(
                    Problem.UNAVAILABLE,
                    "The embedded store failed: " + cause.getClass().getSimpleName(),
                    cause);
        }
        Problem problem = switch (e.error().code()) {
            case AUTHORIZATION_MODEL_NOT_FOUND, LATEST_MODEL_NOT_FOUND -> Problem.NOT_FOUND;
            case DEADLINE_EXCEEDED, RESOLUTION_TOO_COMPLEX -> Problem.UNAVAILABLE;
            default -> Problem.INVALID_INPUT;
        };
        return new BackendException(problem, e.error().message(), e);
    }
}
