package io.mcpaccess.openfga.server.testing;

import io.mcpaccess.openfga.server.Authentication;
import io.mcpaccess.openfga.server.ServerSettings;
import io.mcpaccess.openfga.server.http.TlsMaterial;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings for tests that are not about time: a busy machine must not make them fail. */
public final class Patience {

    /** Members of an engine's configuration, with a comma in front. */
    public static final String MEMBERS =
            ",\"connectTimeoutMillis\":5000,\"readTimeoutMillis\":10000,\"deadlineMillis\":10000";

    private static final Duration LONG = Duration.ofSeconds(10);

    private Patience() {}

    /**
     * Timeouts of ten seconds.
     *
     * @return the timeouts
     */
    public static ServerSettings.Timeouts timeouts() {
        return new ServerSettings.Timeouts(LONG, LONG, LONG, LONG);
    }

    /**
     * A server without authentication, asked with patience.
     *
     * @param url the server's address
     * @param store the store's id
     * @return the settings
     */
    public static ServerSettings settings(URI url, String store) {
        return settings(url, store, Set.of(), Optional.empty());
    }

    /**
     * The same with consistency and cache.
     *
     * @param url the server's address
     * @param store the store's id
     * @param higherConsistencyRelations relations that ask for higher consistency
     * @param cache how long decisions are remembered
     * @return the settings
     */
    public static ServerSettings settings(
            URI url, String store, Set<String> higherConsistencyRelations, Optional<ServerSettings.Cache> cache) {
        return new ServerSettings(
                url,
                store,
                Optional.empty(),
                new Authentication.None(),
                TlsMaterial.none(),
                timeouts(),
                true,
                ServerSettings.Breaker.defaults(),
                false,
                higherConsistencyRelations,
                cache,
                Map.of());
    }
}
