package io.mcpaccess.sandbox.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.gravitee.policy.api.PolicyChain;
import io.gravitee.policy.api.PolicyResult;
import io.gravitee.policy.api.annotations.OnRequest;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyRunTest {
    private final Vertx vertx = Vertx.vertx();
    private final OAuth2Request request = new OAuth2Request(
            0, Map.of(), "client_credentials", "agent", "agent", Set.of("read"), Set.of(), null, null);
    private final FlowContext flow = new FlowContext(null, request, Map.of("start", "yes"));

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void stepsRunInOrderAndShareAttributesAndRequest() throws Exception {
        FlowContext after = run(step(new Marks("first"), null), step(new Marks("second"), null));

        assertThat(after.getAttribute("marks")).isEqualTo(List.of("first", "second"));
        assertThat(request.getScopes()).isEmpty();
    }

    @Test
    void failureEndsTheRun() {
        assertThatThrownBy(() -> run(step(new Refuses(), null), step(new Marks("never"), null)))
                .isInstanceOfSatisfying(PolicyFailure.class, failure -> {
                    assertThat(failure.key()).isEqualTo("KEY");
                    assertThat(failure.status()).isEqualTo(400);
                    assertThat(failure).hasMessage("no");
                });
        assertThat(flow.getAttribute("marks")).isNull();
    }

    @Test
    void policyThatThrowsIsAnInternalErrorThatKeepsItsTextToItself() {
        assertThatThrownBy(() -> run(step(new Throws(), null))).isInstanceOfSatisfying(PolicyFailure.class, failure -> {
            assertThat(failure.status()).isEqualTo(500);
            assertThat(failure).hasMessage("Internal error");
        });
    }

    @Test
    void conditionDecidesAndABrokenOneSkips() throws Exception {
        FlowContext after = run(
                step(new Marks("held"), "{#context.attributes['start'] == 'yes'}"),
                step(new Marks("not held"), "{#context.attributes['start'] == 'no'}"),
                step(new Marks("broken"), "{#context.attributes['start'].nothing()}"));

        assertThat(after.getAttribute("marks")).isEqualTo(List.of("held"));
    }

    @Test
    void secondAnswerOfAPolicyIsIgnored() throws Exception {
        FlowContext after = run(step(new AnswersTwice(), null), step(new Marks("once"), null));

        assertThat(after.getAttribute("marks")).isEqualTo(List.of("once"));
    }

    private FlowContext run(PolicyStep... steps) throws Exception {
        try {
            return new PolicyRun(List.of(steps), flow, vertx.getOrCreateContext())
                    .start()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    private static PolicyStep step(Object policy, String condition) {
        return new PolicyStep(
                "test",
                condition == null ? List.of() : List.of(condition),
                policy,
                PolicyStep.onRequest(policy.getClass()));
    }

    /** Leaves a mark, and takes the scopes away by the methods that AM's policies find by reflection. */
    public record Marks(String mark) {
        @OnRequest
        public void onRequest(ExecutionContext context, Request request, PolicyChain chain, Response response)
                throws ReflectiveOperationException {
            List<Object> marks = new ArrayList<>();
            if (context.getAttribute("marks") instanceof List<?> before) {
                marks.addAll(before);
            }
            marks.add(mark);
            context.setAttribute("marks", marks);
            request.getClass().getMethod("setScopes", Set.class).invoke(request, Set.of());
            chain.doNext(request, response);
        }
    }

    /** Refuses. */
    public record Refuses() {
        @OnRequest
        public void onRequest(PolicyChain chain) {
            chain.failWith(PolicyResult.failure("KEY", 400, "no"));
        }
    }

    /** Throws. */
    public record Throws() {
        @OnRequest
        public void onRequest(PolicyChain chain) {
            throw new IllegalStateException("internals");
        }
    }

    /** Answers twice. */
    public record AnswersTwice() {
        @OnRequest
        public void onRequest(PolicyChain chain, Request request, Response response) {
            chain.doNext(request, response);
            chain.doNext(request, response);
        }
    }
}
