package io.mcpaccess.openfga;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What made a stage or a task fail. */
public final class Failures {

    private Failures() {}

    /**
     * Takes the wrappers of {@code java.util.concurrent} off: {@link CompletionException} and {@link ExecutionException}, however
     * many there are.
     *
     * @param failure what a stage or a future failed with
     * @return the failure itself; a wrapper without a cause stays as it is
     */
    public static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
