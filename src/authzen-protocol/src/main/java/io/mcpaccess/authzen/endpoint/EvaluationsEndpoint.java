package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.decision.Decisions;
import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.pep.AuthenticatedClient;
import io.mcpaccess.core.authzen.AuthZenReader;
import io.mcpaccess.core.authzen.EvaluationsRequest;
import io.mcpaccess.core.decision.DecisionPipeline;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Access Evaluations (AuthZEN 1.0, section 7). A body without items is answered like a single evaluation. */
public final class EvaluationsEndpoint implements Question {

    private final AuthZenReader reader;
    private final Decisions decisions;

    /**
     * Wires the endpoint.
     *
     * @param reader reads the batch
     * @param decisions decides it
     */
    public EvaluationsEndpoint(AuthZenReader reader, Decisions decisions) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.decisions = Objects.requireNonNull(decisions, "decisions");
    }

    @Override
    public CompletionStage<Answer> answer(AuthenticatedClient client, Call call) {
        EvaluationsRequest request = reader.readEvaluations(call.body());
        DecisionPipeline pipeline = decisions.of(client, call);
        if (request instanceof EvaluationsRequest.Single single) {
            return pipeline.decide(client.pep(), single.request()).thenApply(DecisionJson::answer);
        }
        EvaluationsRequest.Batch batch = (EvaluationsRequest.Batch) request;
        return pipeline.decideAll(client.pep(), batch.items(), batch.semantic()).thenApply(DecisionJson::answer);
    }
}
