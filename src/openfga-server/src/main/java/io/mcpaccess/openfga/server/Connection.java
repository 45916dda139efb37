package io.mcpaccess.openfga.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfga.sdk.api.OpenFgaApi;
import dev.openfga.sdk.api.client.ApiResponse;
import dev.openfga.sdk.api.configuration.ConfigurationOverride;
import dev.openfga.sdk.api.model.AuthorizationModel;
import io.mcpaccess.openfga.server.http.HttpTransport;
import io.mcpaccess.openfga.server.http.JavaTransport;
import io.mcpaccess.openfga.server.http.VertxTransport;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** All that the parts of a server backend share: one server, one store, one budget of connections and threads. */
final class Connection implements AutoCloseable {

    private final ServerSettings settings;
    private final LongSupplier nanoTime;
    private final ObjectMapper json;
    private final HttpTransport transport;
    private final OpenFgaApi api;
    private final CircuitBreaker breaker;
    private final ServerFailures failures;
    private final GuardedCalls calls;
    private final PinnedModel model;

    /**
     * Connects to nothing yet.
     *
     * @param vertx the host's, where it has one
     * @throws IllegalArgumentException when the settings cannot be used
     */
    Connection(
            ServerSettings settings,
            Optional<Vertx> vertx,
            InstantSource clock,
            LongSupplier nanoTime,
            DoubleSupplier random,
            ServerObserver observer) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.json = ServerJson.mapper();
        this.transport = transport(settings, vertx);
        this.api = SdkApi.create(settings, transport, json);
        this.breaker = new CircuitBreaker(
                settings.breaker(),
                settings.timeouts().read().multipliedBy(2),
                nanoTime,
                state -> observer.breakerChanged(state.name().toLowerCase(Locale.ROOT)));
        this.failures = new ServerFailures(json, clock);
        this.calls = new GuardedCalls(settings, transport, authorization(), breaker, failures, observer, random);
        this.model = new PinnedModel(settings.modelId(), this::latestModel, nanoTime);
    }

    private static HttpTransport transport(ServerSettings settings, Optional<Vertx> vertx) {
        Duration connect = settings.timeouts().connect();
        Duration grace = settings.timeouts().search();
        return vertx.isPresent()
                ? new VertxTransport(vertx.get(), settings.tls(), connect, grace)
                : new JavaTransport(settings.tls(), connect, grace);
    }

    private AuthorizationHeader authorization() {
        Authentication authentication = settings.authentication();
        if (authentication instanceof Authentication.ApiToken token) {
            return AuthorizationHeader.always(Optional.of("Bearer " + token.token()));
        }
        if (authentication instanceof Authentication.ClientCredentials credentials) {
            return new ClientCredentialsTokens(credentials, transport, json, nanoTime);
        }
        return AuthorizationHeader.always(Optional.empty());
    }

    private CompletableFuture<String> latestModel() {
        return calls.lookUp(
                        decisionBudget(),
                        attempt -> sdk(
                                attempt, (api, store, options) -> api.readAuthorizationModels(store, 1, null, options)))
                .thenApply(response -> {
                    List<AuthorizationModel> models = response.getData().getAuthorizationModels();
                    if (models == null || models.isEmpty()) {
                        throw ServerFailure.refused(400, "latest_authorization_model_not_found", "", null);
                    }
                    return models.get(0).getId();
                });
    }

    /** One call of the SDK. */
    @FunctionalInterface
    interface SdkCall<T> {
        CompletableFuture<ApiResponse<T>> send(OpenFgaApi api, String storeId, ConfigurationOverride options)
                throws Exception;
    }

    /** Sends one attempt through the SDK. */
    <T> CompletableFuture<ApiResponse<T>> sdk(GuardedCalls.Attempt attempt, SdkCall<T> call) throws Exception {
        return call.send(api, settings.storeId(), SdkApi.options(attempt));
    }

    Budget decisionBudget() {
        return Budget.decision(settings.timeouts().deadline(), nanoTime);
    }

    Budget searchBudget() {
        return Budget.search(settings.timeouts().search(), nanoTime);
    }

    ServerSettings settings() {
        return settings;
    }

    ObjectMapper json() {
        return json;
    }

    HttpTransport transport() {
        return transport;
    }

    ServerFailures failures() {
        return failures;
    }

    GuardedCalls calls() {
        return calls;
    }

    PinnedModel model() {
        return model;
    }

    String breakerState() {
        return breaker.state().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        transport.close();
    }
}
