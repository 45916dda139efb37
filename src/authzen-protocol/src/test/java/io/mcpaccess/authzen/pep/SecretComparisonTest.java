package io.mcpaccess.authzen.pep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.model.application.ClientSecret;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.impl.SecretService;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SecretComparisonTest {

    private static final String HOME = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    private final AtomicLong nanos = new AtomicLong();
    private final Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = mock();
    private final SecretService secrets = mock();
    private final Workers workers = new Workers();
    private final SecretComparison comparison;
    private final Client client = client("billing-mcp");

    SecretComparisonTest() {
        when(clock.instant()).thenAnswer(call -> begin.plusNanos(nanos.get()));
        when(clock.getZone()).thenReturn(ZoneOffset.UTC);
        when(secrets.validateSecret(any(), anyString()))
                .thenAnswer(call -> call.getArgument(1).equals("right"));
        comparison = new SecretComparison(secrets, new VerifiedSecrets(new SecureRandom(), clock), workers, nanos::get);
    }

    @Test
    void attack_aFloodOfWrongSecretsComputesFewHashesAtOnceAndQueuesFew() {
        for (int i = 0; i < 200; i++) {
            comparison.matches(client("c" + i), "wrong" + i, "203.0.113." + i);
        }

        assertThat(workers.tasks).hasSize(2);
        int computed = workers.runAll();
        assertThat(computed).isEqualTo(18);
        assertThat(status(comparison.matches(client, "right", HOME)))
                .as("then strangers are heard again")
                .isEqualTo(0);
    }

    @Test
    void whoComesToAFullQueueIsToldAtOnce() {
        for (int i = 0; i < 18; i++) {
            comparison.matches(client("c" + i), "wrong", "203.0.113." + i);
        }

        assertThat(status(comparison.matches(client, "right", HOME))).isEqualTo(503);
    }

    @Test
    void attack_manyWrongSecretsForAClientOrFromAnAddressArePaused() {
        for (int i = 0; i < SecretComparison.FREE_FAILURES; i++) {
            comparison.matches(client, "wrong", ELSEWHERE);
            workers.runAll();
        }

        assertThat(status(comparison.matches(client, "right", HOME)))
                .as("the client")
                .isEqualTo(429);
        assertThat(status(comparison.matches(client("other"), "right", ELSEWHERE)))
                .as("the address")
                .isEqualTo(429);
        assertThat(status(comparison.matches(client("other"), "right", HOME)))
                .as("another client from elsewhere")
                .isZero();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(status(comparison.matches(client, "right", HOME)))
                .as("a pause is short")
                .isZero();
    }

    @Test
    void aCallerWhoseSecretWasRightIsNotKeptOutByOthersWrongOnes() {
        assertThat(status(comparison.matches(client, "right", HOME))).isZero();
        for (int i = 0; i < SecretComparison.FREE_FAILURES; i++) {
            comparison.matches(client, "wrong", HOME);
            workers.runAll();
        }
        nanos.addAndGet(VerifiedSecrets.LIFETIME.toNanos());
        for (int i = 0; i < 200; i++) {
            comparison.matches(client("c" + i), "wrong", "203.0.113." + i);
        }

        CompletionStage<Boolean> good = comparison.matches(client, "right", HOME);
        assertThat(workers.runLast()).isTrue();
        assertThat(good.toCompletableFuture()).isCompletedWithValue(true);
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotComputed() {
        for (int i = 0; i < 18; i++) {
            comparison.matches(client("c" + i), "wrong", "203.0.113." + i);
        }
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(workers.runAll()).isEqualTo(2);
    }

    @Test
    void aHashThatFailsMakesRoomForTheNext() {
        when(secrets.validateSecret(any(), anyString())).thenThrow(new IllegalStateException("no such encoder"));
        for (int i = 0; i < 40; i++) {
            CompletableFuture<Boolean> failed =
                    comparison.matches(client("c" + i), "x", "203.0.113." + i).toCompletableFuture();
            workers.runAll();
            assertThat(failed).isCompletedExceptionally();
        }
        assertThat(workers.tasks).isEmpty();
    }

    /** Zero for an answer, which is made first. */
    private int status(CompletionStage<Boolean> stage) {
        if (!stage.toCompletableFuture().isDone()) {
            workers.runAll();
        }
        try {
            stage.toCompletableFuture().join();
            return 0;
        } catch (CompletionException e) {
            return ((PepDelayedException) e.getCause()).status();
        }
    }

    private static Client client(String id) {
        ClientSecret secret = new ClientSecret();
        Client client = new Client();
        client.setClientId(id);
        client.setDomain("demo");
        client.setClientSecrets(java.util.List.of(secret));
        return client;
    }

    /** Runs tasks when the test says so. */
    private static final class Workers implements Blocking {

        private final Deque<Runnable> tasks = new ArrayDeque<>();

        @Override
        public <T> CompletionStage<T> run(Callable<T> task) {
            CompletableFuture<T> result = new CompletableFuture<>();
            tasks.add(() -> {
                try {
                    result.complete(task.call());
                } catch (Exception e) {
                    result.completeExceptionally(e);
                }
            });
            return result;
        }

        private int runAll() {
            int ran = 0;
            for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
                next.run();
                ran++;
            }
            return ran;
        }

        private boolean runLast() {
            Runnable last = tasks.pollLast();
            if (last != null) {
                last.run();
            }
            return last != null;
        }
    }
}
