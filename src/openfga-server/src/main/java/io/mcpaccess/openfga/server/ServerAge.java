package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.server.http.HttpCall;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Whether the OpenFGA server is so old that it shows. OpenFGA tells its version nowhere in its HTTP API; that it does not
 * know AuthZEN's metadata, not even as switched off, tells that it is older than 1.13. Between that and 1.18.1, the first
 * without known holes, nothing can be seen from outside.
 */
final class ServerAge {

    private static final String WARNING =
            "This OpenFGA is older than 1.13 and has known security holes:" + " install 1.18.1 or newer";

    private static final int MOST_BYTES = 64 * 1024;

    private final Connection connection;

    ServerAge(Connection connection) {
        this.connection = connection;
    }

    /** Never fails: what cannot be found out is no warning. */
    CompletableFuture<List<String>> warnings() {
        return connection
                .calls()
                .read(connection.searchBudget(), CallContext.none(), this::metadata)
                .handle((known, thrown) -> thrown == null && !known ? List.of(WARNING) : List.of());
    }

    private CompletableFuture<Boolean> metadata(GuardedCalls.Attempt attempt) {
        ServerSettings settings = connection.settings();
        return connection
                .transport()
                .send(new HttpCall(
                        "GET",
                        URI.create(settings.baseUrl() + "/.well-known/authzen-configuration/" + settings.storeId()),
                        settings.headers(),
                        attempt.authorization(),
                        attempt.traceparent(),
                        null,
                        attempt.timeout(),
                        MOST_BYTES))
                .thenApply(answer -> !(answer.status() == 404
                        && "undefined_endpoint"
                                .equals(connection
                                        .failures()
                                        .refused(404, answer.text(), null)
                                        .code())));
    }
}
