package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.decision.AccessRequest;
import io.mcpaccess.authzen.decision.SearchRecord;
import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.limit.CallerLimit;
import io.mcpaccess.authzen.search.EngineSearches;
import io.mcpaccess.core.authzen.SearchRequest;
import io.mcpaccess.core.decision.DecisionUnavailableException;
import io.mcpaccess.core.search.SearchAnswer;
import io.mcpaccess.openfga.Failures;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** One of the searches (AuthZEN 1.0, section 8); 404 where the domain's engine does not have it. */
public final class SearchEndpoint implements QuestionEndpoint {

    private final String operation;
    private final Function<byte[], ? extends SearchRequest> reader;
    private final EngineSearches searches;
    private final CallerLimit limit;

    /**
     * Wires the endpoint.
     *
     * @param operation the engine's operation that it needs
     * @param reader reads the search
     * @param searches answers it
     * @param limit how many questions a caller may ask
     */
    public SearchEndpoint(
            String operation,
            Function<byte[], ? extends SearchRequest> reader,
            EngineSearches searches,
            CallerLimit limit) {
        this.operation = Objects.requireNonNull(operation, "operation");
        this.reader = Objects.requireNonNull(reader, "reader");
        this.searches = Objects.requireNonNull(searches, "searches");
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    /** It decides about all that the engine finds. */
    @Override
    public boolean isHeavy(Call call) {
        return true;
    }

    @Override
    public CompletionStage<Answer> answer(AccessRequest request) {
        AtomicReference<SearchRequest> read = new AtomicReference<>();
        return searches.search(operation, request, () -> {
                    read.set(reader.apply(request.body()));
                    return read.get();
                })
                .handleAsync(
                        (found, thrown) -> answer(request, read.get(), found, Failures.unwrapped(thrown)),
                        request.executor());
    }

    /** What was no search is not taken down, nor is one that the engine does not offer. */
    private Answer answer(
            AccessRequest request, SearchRequest search, Optional<SearchAnswer> found, Throwable failure) {
        if (failure == null) {
            found.ifPresent(answer -> {
                limit.refusal(request.pep().clientId(), answer.questions());
                request.searches().accept(SearchRecord.of(operation, search, answer));
            });
            return found.map(SearchJson::answer)
                    .orElseGet(() ->
                            Answer.error(404, "The authorization engine of this domain does not offer this search."));
        }
        if (failure instanceof DecisionUnavailableException unavailable) {
            if (search != null) {
                request.searches().accept(SearchRecord.of(operation, search, unavailable.outcome()));
            }
            return DecisionJson.answer(unavailable.outcome());
        }
        throw new CompletionException(failure);
    }
}
