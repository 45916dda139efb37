package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.decision.Decisions;
import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.http.Causes;
import io.mcpaccess.authzen.pep.AuthenticatedClient;
import io.mcpaccess.authzen.search.EngineSearches;
import io.mcpaccess.core.authzen.SearchRequest;
import io.mcpaccess.core.decision.DecisionUnavailableException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One of the searches (AuthZEN 1.0, section 8); 404 where the domain's engine does not have it. */
public final class SearchEndpoint implements Question {

    private final String operation;
    private final Function<byte[], ? extends SearchRequest> reader;
    private final EngineSearches searches;
    private final Decisions decisions;

    /**
     * Wires the endpoint.
     *
     * @param operation the engine's operation that it needs
     * @param reader reads the search
     * @param searches answers it
     * @param decisions decides what the engine finds
     */
    public SearchEndpoint(
            String operation,
            Function<byte[], ? extends SearchRequest> reader,
            EngineSearches searches,
            Decisions decisions) {
        this.operation = Objects.requireNonNull(operation, "operation");
        this.reader = Objects.requireNonNull(reader, "reader");
        this.searches = Objects.requireNonNull(searches, "searches");
        this.decisions = Objects.requireNonNull(decisions, "decisions");
    }

    @Override
    public CompletionStage<Answer> answer(AuthenticatedClient client, Call call) {
        return searches.search(operation, client.pep(), decisions.of(client, call), () -> reader.apply(call.body()))
                .thenApply(found -> found.map(SearchJson::answer)
                        .orElseGet(() -> Answer.error(
                                404, "The authorization engine of this domain does not offer this search.")))
                .exceptionally(SearchEndpoint::failure);
    }

    private static Answer failure(Throwable thrown) {
        Throwable cause = Causes.of(thrown);
        if (cause instanceof DecisionUnavailableException unavailable) {
            return DecisionJson.answer(unavailable.outcome());
        }
        throw new CompletionException(cause);
    }
}
