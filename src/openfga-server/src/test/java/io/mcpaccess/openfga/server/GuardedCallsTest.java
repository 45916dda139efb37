package io.mcpaccess.openfga.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.server.http.HttpTransport;
import io.mcpaccess.openfga.server.http.JavaTransport;
import io.mcpaccess.openfga.server.http.VertxTransport;
import io.mcpaccess.openfga.server.testing.Host;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Host.class)
class GuardedCallsTest {

    @Parameter
    private Host host;

    private static final ServerSettings SETTINGS =
            ServerSettings.of(URI.create("http://127.0.0.1:1"), "01ARZ3NDEKTSV4RRFFQ69G5FAV");

    private final CircuitBreaker breaker = new CircuitBreaker(
            new ServerSettings.Breaker(1, Duration.ofSeconds(60)),
            Duration.ofSeconds(1),
            System::nanoTime,
            state -> {});
    private HttpTransport transport;
    private GuardedCalls calls;

    @BeforeEach
    void open() {
        Duration connect = SETTINGS.timeouts().connect();
        Duration grace = Duration.ofMillis(100);
        transport = host.vertx().isPresent()
                ? new VertxTransport(host.vertx().get(), SETTINGS.tls(), connect, grace)
                : new JavaTransport(SETTINGS.tls(), connect, grace);
        calls = new GuardedCalls(
                SETTINGS,
                transport,
                AuthorizationHeader.always(Optional.empty()),
                breaker,
                new ServerFailures(ServerJson.mapper(), InstantSource.system()),
                ServerObserver.none(),
                () -> 0.0);
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void anErrorOfTheLibraryIsReportedToTheBreaker() {
        CompletableFuture<String> answer = calls.read(budget(), CallContext.none(), attempt -> {
            throw new NoClassDefFoundError("gone");
        });

        assertThat(answer).failsWithin(Duration.ofSeconds(60));
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void aSearchMayTakeAllThatIsLeftHoweverLongDecisionsMayTake() {
        CompletableFuture<Duration> decided = calls.read(
                Budget.decision(Duration.ofHours(1), System::nanoTime),
                CallContext.none(),
                attempt -> CompletableFuture.completedFuture(attempt.timeout()));
        CompletableFuture<Duration> searched = calls.read(
                Budget.search(Duration.ofHours(1), System::nanoTime),
                CallContext.none(),
                attempt -> CompletableFuture.completedFuture(attempt.timeout()));

        assertThat(decided.join()).isEqualTo(SETTINGS.timeouts().read());
        assertThat(searched.join()).isGreaterThan(Duration.ofMinutes(59));
    }

    private static Budget budget() {
        return Budget.decision(Duration.ofMillis(500), System::nanoTime);
    }
}
