package io.mcpaccess.openfga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A condition becomes too expensive at the same size of its expression or its context as on a real OpenFGA. */
@ExtendWith(OpenFgaServer.class)
class ConditionCostOnOpenFgaTest {

    private static final int MOST = 4000;
    private static final TupleKey QUESTION = new TupleKey("user:1", "a", "doc:1");

    enum Shape {
        ACCESSES("x: int", repeated("x == 1"), n -> Map.of("x", 2)),
        NEGATIONS("x: bool", repeated("!x"), n -> Map.of("x", true)),
        MIXED_TYPES(
                "m: map<string>, x: int", repeated("dyn(m.k) == dyn(x)"), n -> Map.of("m", Map.of("k", "v"), "x", 1)),
        MEMBERS("m: map<int>", repeated("m.k == 1"), n -> Map.of("m", Map.of("k", 2))),
        MEMBERS_BY_NAME("m: map<int>, k: string", repeated("m[k] == 1"), n -> Map.of("m", Map.of("k", 2), "k", "k")),
        PRESENCE("m: map<int>", repeated("has(m.other)"), n -> Map.of("m", Map.of("k", 2))),
        CHOICES("x: int, y: int", repeated("(x > 0 ? x : y) == 1"), n -> Map.of("x", 2, "y", 3)),
        CONSTANT_LISTS("x: int", repeated("x in [1, 3, 5]"), n -> Map.of("x", 2)),
        MIXED_LISTS("x: int, y: int", repeated("x in [1, y]"), n -> Map.of("x", 2, "y", 3)),
        DURATIONS("d: duration", repeated("d > duration('2h')"), n -> Map.of("d", "1h")),
        TIMESTAMPS(
                "t: timestamp",
                repeated("t + duration('1h') < timestamp('2020-01-01T00:00:00Z')"),
                n -> Map.of("t", "2026-01-01T00:00:00Z")),
        ADDRESSES("ip: ipaddress", repeated("ip.in_cidr('10.0.0.0/8')"), n -> Map.of("ip", "192.168.0.1")),
        LIST_MEMBERSHIP("x: int", n -> "'x' in l", ConditionCostOnOpenFgaTest::list),
        SOME("x: int", n -> "l.exists(e, e == 'x')", ConditionCostOnOpenFgaTest::list),
        ONE("x: int", n -> "l.exists_one(e, e == 'x')", ConditionCostOnOpenFgaTest::list),
        ALL("x: int", n -> "l.all(e, e != 'x')", ConditionCostOnOpenFgaTest::list),
        FILTERS("x: int", n -> "l.filter(e, e == 'x').size() > 0", ConditionCostOnOpenFgaTest::list),
        MAPPINGS("x: int", n -> "l.map(e, e + 'x').size() == 0", ConditionCostOnOpenFgaTest::list),
        PREFIXES("s: string", n -> "s.startsWith(s)", ConditionCostOnOpenFgaTest::text),
        PARTS("s: string", n -> "s.contains('0123456789x')", ConditionCostOnOpenFgaTest::text),
        PATTERNS("s: string", n -> "s.matches('^[b-z]+$')", ConditionCostOnOpenFgaTest::text),
        EQUAL_TEXTS("s: string", n -> "s == s + 'x'", ConditionCostOnOpenFgaTest::text),
        ORDERED_TEXTS("s: string", n -> "s < s", ConditionCostOnOpenFgaTest::text),
        WIDE_CHARACTERS("s: string", n -> "s.endsWith(s)", n -> Map.of("s", "\ud83d\ude00".repeat(n))),
        SIZES("s: string", repeated("s.size() == 0"), n -> Map.of("s", "abc"));

        private final String parameters;
        private final IntFunction<String> expression;
        private final IntFunction<Map<String, Object>> context;

        Shape(String parameters, IntFunction<String> expression, IntFunction<Map<String, Object>> context) {
            this.parameters = parameters;
            this.expression = expression;
            this.context = context;
        }

        Map<String, Object> context(int size) {
            Map<String, Object> all = new HashMap<>(list(size));
            all.put("x", 2);
            all.putAll(context.apply(size));
            return all;
        }

        String model(int size) {
            return """
                    model
                      schema 1.1
                    type user
                    type doc
                      relations
                        define a: [user with cheap]
                    condition cheap(l: list<string>, %s) {
                      %s
                    }
                    """.formatted(parameters, expression.apply(size));
        }
    }

    /** OpenFGA has no longer expressions than 512 bytes: a loop says it often. */
    private static IntFunction<String> repeated(String expression) {
        return size -> "l.exists(e, " + expression + ")";
    }

    private static Map<String, Object> list(int size) {
        return Map.of("l", IntStream.range(0, size).mapToObj(each -> "e").toList());
    }

    private static Map<String, Object> text(int size) {
        return Map.of("s", "a".repeat(size));
    }

    @ParameterizedTest
    @EnumSource
    void isTooExpensiveAtTheSameSize(Shape shape, OpenFgaStores stores) {
        int affordable = 1;
        int tooMuch = MOST;
        List<String> different = new ArrayList<>();
        while (tooMuch - affordable > 1) {
            int size = (affordable + tooMuch) / 2;
            String theirs = theirs(stores, shape, size);
            String ours = ours(shape, size);
            if (!ours.equals(theirs)) {
                different.add("size " + size + ": ours " + ours + ", theirs " + theirs);
            }
            if (theirs.equals("error")) {
                tooMuch = size;
            } else {
                affordable = size;
            }
        }
        assertThat(different).isEmpty();
        assertThat(ours(shape, affordable)).isNotEqualTo("error");
        assertThat(ours(shape, tooMuch)).isEqualTo("error");
    }

    private static String theirs(OpenFgaStores stores, Shape shape, int size) {
        String store = stores.createStore(shape.model(size));
        stores.post(
                "/stores/" + store + "/write",
                Map.of(
                        "writes",
                        Map.of(
                                "tuple_keys",
                                List.of(Map.of(
                                        "user", QUESTION.user(),
                                        "relation", QUESTION.relation(),
                                        "object", QUESTION.object(),
                                        "condition", Map.of("name", "cheap"))))));
        try {
            return stores.post(
                            "/stores/" + store + "/check",
                            Map.of(
                                    "tuple_key",
                                    Map.of(
                                            "user", QUESTION.user(),
                                            "relation", QUESTION.relation(),
                                            "object", QUESTION.object()),
                                    "context",
                                    shape.context(size)))
                    .path("allowed")
                    .asText();
        } catch (IllegalStateException e) {
            return e.getMessage().contains("cost limit") ? "error" : e.getMessage();
        }
    }

    private static String ours(Shape shape, int size) {
        StoredTuple tuple = new StoredTuple(QUESTION, Optional.of(new StoredTuple.Condition("cheap", Map.of())));
        EmbeddedEngine engine = new EmbeddedEngine(
                new StoreContent(
                        "cost",
                        List.of(new StoreContent.Model(Engines.MODEL, ModelReader.fromDsl(shape.model(size)))),
                        List.of(tuple)),
                ChangeLog.none(),
                new Ulids(Clock.systemUTC(), new Random(5)));
        CheckOutcome outcome =
                engine.view().check(new CheckRequest(QUESTION, shape.context(size), List.of()), Engines.TIME);
        return outcome instanceof CheckOutcome.Refused ? "error" : String.valueOf(outcome.isAllowed());
    }
}
