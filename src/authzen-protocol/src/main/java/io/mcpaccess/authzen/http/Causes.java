package io.mcpaccess.authzen.http;

import java.util.concurrent.CompletionException;

/** What made a stage fail. */
public final class Causes {

    private Causes() {}

    /**
     * Takes the wrapper of {@link java.util.concurrent.CompletionStage} off.
     *
     * @param failure what a stage failed with
     * @return the failure itself, {@code null} where there is none
     */
    public static Throwable of(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
