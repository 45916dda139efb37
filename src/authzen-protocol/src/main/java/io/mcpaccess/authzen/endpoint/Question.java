package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.pep.AuthenticatedClient;
import java.util.concurrent.CompletionStage;

/** An endpoint behind the authentication. */
@FunctionalInterface
public interface Question {

    /**
     * Answers one request.
     *
     * @param client who asks
     * @param call the request, its body claiming to be JSON
     * @return the answer; may fail with a malformed request
     */
    CompletionStage<Answer> answer(AuthenticatedClient client, Call call);
}
