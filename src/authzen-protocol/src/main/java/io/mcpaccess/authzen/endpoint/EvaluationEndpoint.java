package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.decision.AccessRequest;
import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.core.authzen.AuthZenReader;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Access Evaluation (AuthZEN 1.0, section 6). */
public final class EvaluationEndpoint implements QuestionEndpoint {

    /** A question with a token has a kilobyte or two. */
    private static final int LIGHT_BYTES = 16 * 1024;

    private final AuthZenReader reader;

    /**
     * Wires the endpoint.
     *
     * @param reader reads the question
     */
    public EvaluationEndpoint(AuthZenReader reader) {
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    @Override
    public boolean isHeavy(Call call) {
        return call.body().length > LIGHT_BYTES;
    }

    @Override
    public CompletionStage<Answer> answer(AccessRequest request) {
        return request.pipeline()
                .decide(request.pep(), reader.readEvaluation(request.body()))
                .thenApply(DecisionJson::answer);
    }
}
