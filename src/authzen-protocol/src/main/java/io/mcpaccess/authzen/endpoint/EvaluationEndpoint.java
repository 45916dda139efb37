package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.decision.Decisions;
import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.pep.AuthenticatedClient;
import io.mcpaccess.core.authzen.AuthZenReader;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Access Evaluation (AuthZEN 1.0, section 6). */
public final class EvaluationEndpoint implements QuestionEndpoint {

    /** A question with a token has a kilobyte or two. */
    private static final int LIGHT_BYTES = 16 * 1024;

    private final AuthZenReader reader;
    private final Decisions decisions;

    /**
     * Wires the endpoint.
     *
     * @param reader reads the question
     * @param decisions decides it
     */
    public EvaluationEndpoint(AuthZenReader reader, Decisions decisions) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.decisions = Objects.requireNonNull(decisions, "decisions");
    }

    @Override
    public boolean isHeavy(Call call) {
        return call.body().length > LIGHT_BYTES;
    }

    @Override
    public CompletionStage<Answer> answer(AuthenticatedClient client, Call call, Executor executor) {
        var request = reader.readEvaluation(call.body());
        return decisions
                .of(client, call, executor)
                .decide(client.pep(), request)
                .thenApply(DecisionJson::answer);
    }
}
