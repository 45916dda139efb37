package io.mcpaccess.authzen.decision;

import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.pep.AuthenticatedClient;
import io.mcpaccess.core.decision.DecisionPipeline;
import java.util.concurrent.Executor;

/** Gives the pipeline for one request: the domain's ports, and a log that knows who asks. */
public interface Decisions {

    /**
     * The pipeline for one request.
     *
     * @param client who asks
     * @param call the request
     * @param executor where work goes on after something was waited for
     * @return the pipeline
     */
    DecisionPipeline of(AuthenticatedClient client, Call call, Executor executor);

    /**
     * Takes a search down, once.
     *
     * @param client who asked
     * @param call the request
     * @param search what was looked for and found
     */
    void searched(AuthenticatedClient client, Call call, SearchRecord search);
}
