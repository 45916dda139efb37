package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.CallContext;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Whether the OpenFGA server is so old that it shows. OpenFGA tells its version nowhere in its HTTP API; that it does not
 * know AuthZEN's metadata, not even as switched off, tells that it is older than 1.13. Between that and 1.18.0, the first
 * without known holes, nothing can be seen from outside.
 */
final class ServerAge {

    private static final String WARNING =
            "This OpenFGA is older than 1.13 and has known security holes:" + " install 1.18.0 or newer";

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
        String base = connection.settings().baseUrl();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/.well-known/authzen-configuration/"
                        + connection.settings().storeId()))
                .timeout(attempt.timeout());
        connection.settings().headers().forEach(request::setHeader);
        attempt.headers().forEach(request::setHeader);
        return connection
                .runtime()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> !(response.statusCode() == 404
                        && "undefined_endpoint"
                                .equals(connection
                                        .failures()
                                        .refused(404, response.body(), null)
                                        .code())));
    }
}
