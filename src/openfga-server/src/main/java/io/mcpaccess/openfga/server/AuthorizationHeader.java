package io.mcpaccess.openfga.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where the {@code Authorization} header of requests to OpenFGA comes from. */
interface AuthorizationHeader {

    /**
     * The header's value for the next request.
     *
     * @return the value, or empty for none; fails with a {@link ServerFailure}
     */
    CompletableFuture<Optional<String>> value();

    /**
     * OpenFGA refused a value: it is not used again where another can be had.
     *
     * @param header the value that was refused; not that of another request
     */
    void refused(String header);

    /**
     * A value that never changes.
     *
     * @param value the value, or empty for none
     * @return the source
     */
    static AuthorizationHeader always(Optional<String> value) {
        return new AuthorizationHeader() {
            @Override
            public CompletableFuture<Optional<String>> value() {
                return CompletableFuture.completedFuture(value);
            }

            @Override
            public void refused(String header) {
                // There is no other.
            }
        };
    }
}
