package io.mcpaccess.openfga.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpRuntimeTest {

    private final HttpRuntime runtime = new HttpRuntime(
            ServerSettings.of(URI.create("http://127.0.0.1:1"), "01ARZ3NDEKTSV4RRFFQ69G5FAV")
                    .tls(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void timesOutThoughEveryOtherThreadIsBlocked() {
        CountDownLatch nameServerAnswers = new CountDownLatch(1);
        try {
            for (int i = 0; i < 8; i++) {
                runtime.executor().execute(() -> {
                    try {
                        nameServerAnswers.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }

            assertThat(runtime.within(Duration.ofMillis(50), CompletableFuture::new))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(TimeoutException.class);
        } finally {
            nameServerAnswers.countDown();
        }
    }

    @Test
    void whatStillWaitsEndsWithTheRuntime() {
        CompletableFuture<String> waiting = runtime.within(Duration.ofMinutes(5), CompletableFuture::new);

        runtime.close();

        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("stopped");
        assertThat(runtime.within(Duration.ofMinutes(5), CompletableFuture::new))
                .as("begun too late")
                .failsWithin(Duration.ofSeconds(5));
    }
}
