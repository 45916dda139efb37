package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.decision.AccessRequest;
import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.limit.CallerLimit;
import io.mcpaccess.core.authzen.AuthZenReader;
import io.mcpaccess.core.authzen.EvaluationsRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Access Evaluations (AuthZEN 1.0, section 7). A body without items is answered like a single evaluation. */
public final class EvaluationsEndpoint implements QuestionEndpoint {

    /** An item may have three bytes, all it is made of being a default. */
    private static final int LIGHT_BYTES = 1024;

    private final AuthZenReader reader;
    private final CallerLimit limit;

    /**
     * Wires the endpoint.
     *
     * @param reader reads the batch
     * @param limit how many questions a caller may ask
     */
    public EvaluationsEndpoint(AuthZenReader reader, CallerLimit limit) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    @Override
    public boolean isHeavy(Call call) {
        return call.body().length > LIGHT_BYTES;
    }

    @Override
    public CompletionStage<Answer> answer(AccessRequest request) {
        EvaluationsRequest asked = reader.readEvaluations(request.body());
        if (asked instanceof EvaluationsRequest.Single single) {
            return request.pipeline().decide(request.pep(), single.request()).thenApply(DecisionJson::answer);
        }
        EvaluationsRequest.Batch batch = (EvaluationsRequest.Batch) asked;
        Optional<Duration> wait =
                limit.refusal(request.pep().clientId(), batch.items().size() - 1);
        if (wait.isPresent()) {
            return CompletableFuture.completedFuture(LaterAnswer.tooMany(wait.get()));
        }
        return request.pipeline()
                .decideAll(request.pep(), batch.items(), batch.semantic())
                .thenApply(DecisionJson::answer);
    }
}
