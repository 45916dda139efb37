package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.server.http.TlsMaterial;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which OpenFGA server to ask, and how.
 *
 * @param apiUrl the server's base address, {@code http} or {@code https}
 * @param storeId the store's ULID
 * @param modelId the authorization model that decides; empty means the store's latest
 * @param authentication how the engine shows who it is
 * @param tls what to trust and what to present; of no effect on {@code http}
 * @param timeouts how long things may take
 * @param retry whether a read that failed at once may be sent a second time
 * @param breaker when to stop asking
 * @param higherConsistency whether every read asks for higher consistency
 * @param higherConsistencyRelations relations that ask for it even if others do not
 * @param cache how long decisions are remembered; empty means not at all
 * @param headers headers sent with each request, for proxies in between; values may be secret
 */
public record ServerSettings(
        URI apiUrl,
        String storeId,
        Optional<String> modelId,
        Authentication authentication,
        TlsMaterial tls,
        Timeouts timeouts,
        boolean retry,
        Breaker breaker,
        boolean higherConsistency,
        Set<String> higherConsistencyRelations,
        Optional<Cache> cache,
        Map<String, String> headers) {

    /** Nothing is null; collections are copied. */
    public ServerSettings {
        Objects.requireNonNull(apiUrl, "apiUrl");
        Objects.requireNonNull(storeId, "storeId");
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(authentication, "authentication");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(breaker, "breaker");
        Objects.requireNonNull(cache, "cache");
        higherConsistencyRelations = Set.copyOf(higherConsistencyRelations);
        headers = Map.copyOf(headers);
    }

    /** The base address without slashes at its end, for paths to be added. */
    String baseUrl() {
        return apiUrl.toString().replaceAll("/+$", "");
    }

    /**
     * Where something of the store is.
     *
     * @param path what comes behind the store, with a slash in front
     * @throws IllegalArgumentException when the address is none
     */
    URI storeUri(String path) {
        return URI.create(baseUrl() + "/stores/" + storeId + path);
    }

    /**
     * A server without authentication, everything else at its default.
     *
     * @param apiUrl the server's base address
     * @param storeId the store's ULID
     * @return the settings
     */
    public static ServerSettings of(URI apiUrl, String storeId) {
        return new ServerSettings(
                apiUrl,
                storeId,
                Optional.empty(),
                new Authentication.None(),
                TlsMaterial.none(),
                Timeouts.defaults(),
                true,
                Breaker.defaults(),
                false,
                Set.of(),
                Optional.empty(),
                Map.of());
    }

    /**
     * Whether questions about a relation must see the latest writes.
     *
     * @param relation the relation's name
     * @return true when OpenFGA's own caches must be passed over
     */
    public boolean needsHigherConsistency(String relation) {
        return higherConsistency || higherConsistencyRelations.contains(relation);
    }

    /** Leaves out the values of headers, which may be secret. */
    @Override
    public String toString() {
        return "ServerSettings[apiUrl=" + apiUrl + ", storeId=" + storeId + ", modelId=" + modelId.orElse("latest")
                + ", authentication=" + authentication + ", headers=" + headers.keySet() + "]";
    }

    /**
     * How long things may take.
     *
     * @param connect until a connection stands
     * @param read from sending one request to the last byte of its answer
     * @param deadline from a decision's question to its answer, everything included
     * @param search the same for searches and the console's calls, which read more
     */
    public record Timeouts(Duration connect, Duration read, Duration deadline, Duration search) {

        /**
         * The defaults.
         *
         * @return connect 300 ms, read 500 ms, deadline 500 ms, searches 3 s
         */
        public static Timeouts defaults() {
            return new Timeouts(
                    Duration.ofMillis(300), Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(3));
        }
    }

    /**
     * When to stop asking a server that does not answer.
     *
     * @param failures how many failures in a row open the breaker
     * @param pause how long it stays open before one question may try again
     */
    public record Breaker(int failures, Duration pause) {

        /**
         * The defaults.
         *
         * @return 10 failures in a row, 5 s
         */
        public static Breaker defaults() {
            return new Breaker(10, Duration.ofSeconds(5));
        }
    }

    /**
     * How long decisions are remembered.
     *
     * @param allow an allow, counted from the answer; how long a permission that was taken away may still work
     * @param deny a deny, never longer than an allow; zero remembers none
     * @param entries how many at the most
     */
    public record Cache(Duration allow, Duration deny, int entries) {}
}
