package io.mcpaccess.authzen.decision;

import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.pep.AuthenticatedClient;
import io.mcpaccess.core.decision.DecisionPipeline;

/** Gives the pipeline for one request: the domain's ports, and a log that knows who asks. */
@FunctionalInterface
public interface Decisions {

    /**
     * The pipeline for one request.
     *
     * @param client who asks
     * @param call the request
     * @return the pipeline
     */
    DecisionPipeline of(AuthenticatedClient client, Call call);
}
