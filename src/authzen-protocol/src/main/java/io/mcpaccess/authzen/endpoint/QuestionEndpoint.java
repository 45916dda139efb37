package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.decision.AccessRequest;
import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import java.util.concurrent.CompletionStage;

/** An endpoint behind the authentication. */
public interface QuestionEndpoint {

    /**
     * Whether answering takes more work than an event loop should do for one request.
     *
     * @param call the request
     * @return whether to answer on a worker thread
     */
    boolean isHeavy(Call call);

    /**
     * Answers one request.
     *
     * @param request the request, its body claiming to be JSON
     * @return the answer; may fail with a malformed request
     */
    CompletionStage<Answer> answer(AccessRequest request);
}
