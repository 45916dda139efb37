package io.mcpaccess.authzen.http;

import java.util.concurrent.CompletionStage;

/** One AuthZEN endpoint. Called on the event loop, must not block it; the stage may complete on any thread. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers one request.
     *
     * @param call the request
     * @return the answer; a failed stage is answered with 400 (malformed request) or 500
     */
    CompletionStage<Answer> answer(Call call);
}
