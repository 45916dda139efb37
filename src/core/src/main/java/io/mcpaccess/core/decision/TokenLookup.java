package io.mcpaccess.core.decision;

import java.util.concurrent.CompletionStage;

/** How the look-up of a token ended. */
sealed interface TokenLookup {

    /**
     * AM said what it knows.
     *
     * @param state the token's state
     */
    record Known(TokenState state) implements TokenLookup {}

    /** AM could not be asked; nothing is known, so nothing is permitted. */
    record Failed() implements TokenLookup {}

    /**
     * Takes the end of an introspection, good or bad.
     *
     * @param introspection the introspection
     * @return a stage that never fails
     */
    static CompletionStage<TokenLookup> from(CompletionStage<TokenState> introspection) {
        return introspection.handle(
                (state, failure) -> failure == null && state != null ? new Known(state) : new Failed());
    }
}
