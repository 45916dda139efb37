package io.mcpaccess.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import io.mcpaccess.registry.plan.RegistryException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class CallsTest {

    private static final int MORE_THAN_THREADS = 8;

    private final Calls calls = new Calls();
    private final AsyncResponse response = mock(AsyncResponse.class);

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void whatAStoreSaysIsNotHeldUpByWorkThatWaits() {
        CountDownLatch slow = new CountDownLatch(1);
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            calls.run(mock(AsyncResponse.class), () -> {
                await(slow);
                return Response.noContent().build();
            });
        }

        calls.relay(
                response, () -> CompletableFuture.completedFuture(Response.ok().build()));

        assertThat(answered()).isEqualTo(200);
        slow.countDown();
    }

    @Test
    void aStageThatFailsIsAnsweredAsACallThatThrows() {
        calls.relay(response, () -> CompletableFuture.failedFuture(new RegistryException(404, "no such engine")));

        assertThat(answered()).isEqualTo(404);
    }

    @Test
    void anEngineThatWasStoppedStillAnswers() {
        calls.close();

        calls.relay(
                response, () -> CompletableFuture.completedFuture(Response.ok().build()));

        assertThat(answered()).isEqualTo(503);
    }

    private int answered() {
        ArgumentCaptor<Response> answer = ArgumentCaptor.forClass(Response.class);
        verify(response, timeout(10_000)).resume(answer.capture());
        return answer.getValue().getStatus();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
