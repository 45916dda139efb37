package io.mcpaccess.guard.proxy.upstream;

import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.vertx.core.Future;

/** A server behind the proxy. Event loops share it. */
public interface Upstream {
    /**
     * Hands a request to the server, and its answer to the client.
     *
     * @param request that the guard let through
     * @param client gets an answer in every case; called on its event loop
     */
    void pass(AllowedRequest request, ClientAnswer client);

    /** Takes nothing new, and lets what is under way end. */
    void retire();

    /**
     * Ends what it holds.
     *
     * @return completes when it has ended
     */
    Future<Void> close();
}
