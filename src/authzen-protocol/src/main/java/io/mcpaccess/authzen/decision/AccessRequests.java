package io.mcpaccess.authzen.decision;

import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.pep.AuthenticatedClient;
import java.util.concurrent.Executor;

/** Makes the requests of one domain: each gets the domain's ports and what is its own. */
@FunctionalInterface
public interface AccessRequests {

    /**
     * Begins a request. Its engine is looked up, nothing of it is asked yet.
     *
     * @param client who asks
     * @param call the request as it came
     * @param executor where work goes on after something was waited for
     * @return the request
     */
    AccessRequest of(AuthenticatedClient client, Call call, Executor executor);
}
