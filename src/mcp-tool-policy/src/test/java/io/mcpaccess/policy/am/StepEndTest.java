package io.mcpaccess.policy.am;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.gravitee.policy.api.PolicyChain;
import io.gravitee.policy.api.PolicyResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StepEndTest {

    private final List<String> ends = new CopyOnWriteArrayList<>();

    @Test
    void theFirstEndCountsAndNoneAfterIt() {
        StepEnd end = new StepEnd(chain(new CompletableFuture<>()), mock(Request.class), mock(Response.class));

        end.next();
        end.refuse(Refusal.DOUBT);
        end.next(() -> ends.add("changed"));

        assertThat(ends).containsExactly("next");
    }

    @Test
    void aChangeThatFailsRefuses() {
        StepEnd end = new StepEnd(chain(new CompletableFuture<>()), mock(Request.class), mock(Response.class));

        end.next(() -> {
            throw new IllegalStateException("boom");
        });

        assertThat(ends).containsExactly(Refusal.DOUBT.key());
    }

    @Test
    void endsOnTheEventLoopThatItBeganOn() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Context eventLoop = vertx.getOrCreateContext();
            CompletableFuture<Context> endedOn = new CompletableFuture<>();
            CompletableFuture<StepEnd> begun = new CompletableFuture<>();
            eventLoop.runOnContext(
                    ignored -> begun.complete(new StepEnd(chain(endedOn), mock(Request.class), mock(Response.class))));

            begun.get(60, TimeUnit.SECONDS).next();

            assertThat(endedOn.get(60, TimeUnit.SECONDS)).isSameAs(eventLoop);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    private PolicyChain chain(CompletableFuture<Context> endedOn) {
        return new PolicyChain() {
            @Override
            public void doNext(Request request, Response response) {
                ends.add("next");
                endedOn.complete(Vertx.currentContext());
            }

            @Override
            public void failWith(PolicyResult result) {
                ends.add(result.key());
            }

            @Override
            public void streamFailWith(PolicyResult result) {
                failWith(result);
            }
        };
    }
}
