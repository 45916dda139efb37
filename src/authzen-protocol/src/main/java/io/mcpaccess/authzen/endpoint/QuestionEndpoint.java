package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.pep.AuthenticatedClient;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

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
     * @param client who asks
     * @param call the request, its body claiming to be JSON
     * @param executor where work goes on after something was waited for
     * @return the answer; may fail with a malformed request
     */
    CompletionStage<Answer> answer(AuthenticatedClient client, Call call, Executor executor);
}
