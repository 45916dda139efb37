package io.mcpaccess.openfga.embedded;

import static io.mcpaccess.openfga.embedded.Engines.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.FoundObjects;
import io.mcpaccess.openfga.ObjectsQuery;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a model, its tuples or a context say: the caller's thread is not held, and the answer comes by its deadline. */
class DecisionDeadlineTest {

    /** Far less than an event loop may be held, with room for a busy machine. */
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private static final Duration DECISION = Duration.ofMillis(500 + 400);

    private static final String WIDE = """
        model
          schema 1.1
        type user
        type group
          relations
            define member: [user, group#member]
            define other: [user, group#other]
            define both: member and other
        type tool
          relations
            define can_call: [group#both]
        """;

    private static final String CONDITIONED = """
        model
          schema 1.1
        type user
        type tool
          relations
            define can_call: [user with pattern, user with every, user with brief]
        condition pattern(text: string) {
          text.matches("(.*)(.*)(.*)(.*)(.*)[^a]")
        }
        condition every(values: list<int>) {
          values.all(a, a >= 0)
        }
        condition brief(n: int) {
          n > 1
        }
        """;

    @Test
    void attack_aGraphInWhichEverybodyIsInEverything() {
        List<String> tuples = new ArrayList<>();
        int groups = 60;
        for (int from = 0; from < groups; from++) {
            for (int to = 0; to < groups; to++) {
                if (from != to) {
                    tuples.add("group:" + from + "#member@group:" + to + "#member");
                    tuples.add("group:" + from + "#other@group:" + to + "#other");
                }
            }
            tuples.add("tool:pay#can_call@group:" + from + "#both");
        }
        EmbeddedEngine engine = Engines.of(WIDE, tuples.toArray(String[]::new));
        try (EmbeddedBackend backend = new EmbeddedBackend(engine, "s", Optional.empty())) {
            warmUp(backend);
            CheckResult answer = inTime(
                    DECISION,
                    () -> backend.check(question("tool:pay#can_call@user:ann", Map.of()), CallContext.none()));
            assertThat(answer.isAllowed()).isFalse();
            PermissionQuestion question = question("tool:pay#can_call@user:ann", Map.of());
            List<CheckResult> batch =
                    inTime(DECISION, () -> backend.checkAll(Collections.nCopies(200, question), CallContext.none()));
            assertThat(batch).hasSize(200).noneMatch(CheckResult::isAllowed);
            inTime(Duration.ofMillis(2400), () -> backend.explain(question));
            FoundObjects found = inTime(
                    Duration.ofMillis(3400),
                    () -> backend.listObjects(
                            new ObjectsQuery("user:ann", "can_call", "tool", Map.of(), List.of()), CallContext.none()));
            assertThat(found.objects()).isEmpty();
        }
    }

    @Test
    void attack_aConditionThatMayTakeLongIsNotEvaluatedOnTheCallersThread() {
        EmbeddedEngine engine = Engines.of(CONDITIONED);
        engine.write(
                List.of(
                        conditioned("user:pat", "pattern"),
                        conditioned("user:eve", "every"),
                        conditioned("user:bea", "brief")),
                List.of());
        try (EmbeddedBackend backend = new EmbeddedBackend(engine, "s", Optional.empty())) {
            warmUp(backend);
            StoreView view = engine.view();
            assertThat(atOnce(view, "user:pat", Map.of("text", "a"))).isEmpty();
            assertThat(atOnce(view, "user:eve", Map.of("values", List.of(1)))).isEmpty();
            assertThat(atOnce(view, "user:bea", Map.of("n", 2))).isPresent();
            assertThat(atOnce(view, "user:bea", Map.of("n", 2, "more", "x".repeat(5000))))
                    .isEmpty();
            assertThat(atOnce(
                            view,
                            "user:bea",
                            Map.of(
                                    "n",
                                    2,
                                    "more",
                                    IntStream.range(0, 5000).boxed().toList())))
                    .isEmpty();
            CheckResult answer = inTime(
                    DECISION,
                    () -> backend.check(
                            question("tool:pay#can_call@user:pat", Map.of("text", "a".repeat(120))),
                            CallContext.none()));
            assertThat(answer.isAllowed()).isFalse();
            assertThat(inTime(
                                    DECISION,
                                    () -> backend.check(
                                            question("tool:pay#can_call@user:bea", Map.of("n", 2)), CallContext.none()))
                            .isAllowed())
                    .isTrue();
        }
    }

    @Test
    void aSearchKeepsNoCheckWaiting() {
        List<String> tuples = new ArrayList<>();
        for (int from = 0; from < 60; from++) {
            for (int to = 0; to < 60; to++) {
                tuples.add("group:" + from + "#member@group:" + to + "#member");
            }
            tuples.add("tool:pay#can_call@group:" + from + "#both");
        }
        EmbeddedEngine engine = Engines.of(WIDE, tuples.toArray(String[]::new));
        try (EmbeddedBackend backend = new EmbeddedBackend(engine, "s", Optional.empty())) {
            warmUp(backend);
            for (int i = 0; i < 20; i++) {
                backend.explain(question("tool:pay#can_call@user:ann", Map.of()));
            }
            inTime(
                    DECISION,
                    () -> backend.checkAll(
                            Collections.nCopies(200, question("tool:pay#can_call@user:ann", Map.of())),
                            CallContext.none()));
        }
    }

    private static Optional<List<CheckOutcome>> atOnce(StoreView view, String user, Map<String, Object> context) {
        CheckRequest request = new CheckRequest(key("tool:pay#can_call@" + user), context, List.of());
        return view.checkAllAtOnce(List.of(request), Duration.ofSeconds(10));
    }

    private static void warmUp(EmbeddedBackend backend) {
        backend.check(question("tool:other#can_call@user:x", Map.of()), CallContext.none())
                .toCompletableFuture()
                .join();
    }

    private static StoredTuple conditioned(String user, String condition) {
        return new StoredTuple(
                key("tool:pay#can_call@" + user), Optional.of(new StoredTuple.Condition(condition, Map.of())));
    }

    private static PermissionQuestion question(String tuple, Map<String, Object> context) {
        return PermissionQuestion.of(key(tuple), context);
    }

    private interface Call<T> {
        CompletionStage<T> begin();
    }

    private static <T> T inTime(Duration limit, Call<T> call) {
        long begun = System.nanoTime();
        CompletionStage<T> stage = call.begin();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("the caller's thread was held")
                .isLessThan(AT_ONCE);
        T answer = stage.toCompletableFuture().join();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("the answer").isLessThan(limit);
        return answer;
    }
}
