package io.mcpaccess.core.decision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The tokens of one request, each looked up once however many questions carry it. For one request, one thread after another. */
final class TokenLookups implements TokenIntrospector {

    private final TokenIntrospector introspector;
    private final Pep pep;
    private final Map<String, CompletableFuture<TokenLookup>> byToken = new LinkedHashMap<>();
    private CompletionStage<TokenState> alone;

    TokenLookups(TokenIntrospector introspector, Pep pep) {
        this.introspector = introspector;
        this.pep = pep;
    }

    /**
     * Looks up the tokens that questions wait for.
     *
     * @param steps where the questions stand
     * @return completes when all look-ups have ended; never fails
     */
    CompletionStage<Void> of(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.NeedsToken needs) {
                byToken.computeIfAbsent(
                        needs.token(),
                        token -> TokenLookup.from(Ports.called(() -> introspector.introspect(token, pep)))
                                .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(byToken.values().toArray(CompletableFuture[]::new));
    }

    /** Of a question that is asked alone, and perhaps a second time. */
    @Override
    public CompletionStage<TokenState> introspect(String token, Pep asking) {
        if (alone == null) {
            alone = introspector.introspect(token, asking);
        }
        return alone;
    }

    /**
     * How the look-up of a token ended.
     *
     * @param needs a question of the steps that {@link #of} was given and has completed for
     */
    TokenLookup ended(Step.NeedsToken needs) {
        return byToken.get(needs.token()).join();
    }
}
