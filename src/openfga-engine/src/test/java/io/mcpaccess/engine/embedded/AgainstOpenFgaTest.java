package io.mcpaccess.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.engine.backend.StoredTuple;
import io.mcpaccess.engine.embedded.model.ModelReader;
import io.mcpaccess.engine.testing.OpenFgaServer;
import io.mcpaccess.engine.testing.OpenFgaStores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine against a real OpenFGA on small random stores. {@code -Dopenfga.tries} and {@code -Dopenfga.seed} look
 * further.
 *
 * <p>OpenFGA evaluates branches side by side and picks one of several strategies by chance. Where an error and a deny
 * are both possible it may give either; such an answer is asked for again, and counts as equal when one of the answers
 * is. An allow on one side alone never counts as equal.
 */
@ExtendWith(OpenFgaServer.class)
class AgainstOpenFgaTest {

    private static final Logger LOG = LoggerFactory.getLogger(AgainstOpenFgaTest.class);
    private static final int ASK_AGAIN = 20;

    private final Map<String, Integer> answers = new TreeMap<>();

    @Test
    void answersAsTheServerDoes(OpenFgaStores stores) {
        int tries = Integer.getInteger("openfga.tries", 150);
        long seed = Long.getLong("openfga.seed", 20_260_131L);
        JqwikSession.run(() -> {
            RandomGenerator<Scenario> scenarios = Scenario.all().generator(1000);
            Random random = new Random(seed);
            for (int i = 0; i < tries; i++) {
                Shrinkable<Scenario> scenario = scenarios.next(random);
                if (difference(stores, scenario.value()).isPresent()) {
                    Scenario smallest = shrink(stores, scenario);
                    assertThat(difference(stores, smallest))
                            .as(
                                    "seed %d, try %d%n%s%n%s",
                                    seed, i, ModelReader.toJson(smallest.model()), smallest.tuples())
                            .isEmpty();
                }
            }
        });
        LOG.info("{} stores, answers {}", tries, answers);
        assertThat(answers.keySet()).contains("allow", "deny", "error");
    }

    private Scenario shrink(OpenFgaStores stores, Shrinkable<Scenario> failing) {
        Shrinkable<Scenario> smallest = failing;
        for (int rounds = 0; rounds < 200; rounds++) {
            Optional<Shrinkable<Scenario>> smaller = smallest.shrink()
                    .limit(60)
                    .filter(candidate -> difference(stores, candidate.value()).isPresent())
                    .findFirst();
            if (smaller.isEmpty()) {
                break;
            }
            smallest = smaller.get();
        }
        return smallest.value();
    }

    private Optional<String> difference(OpenFgaStores stores, Scenario scenario) {
        String store = stores.createStore();
        stores.post("/stores/" + store + "/authorization-models", json(ModelReader.toJson(scenario.model())));
        if (!scenario.tuples().isEmpty()) {
            List<Map<String, Object>> keys =
                    scenario.tuples().stream().map(AgainstOpenFgaTest::tuple).toList();
            stores.post("/stores/" + store + "/write", Map.of("writes", Map.of("tuple_keys", keys)));
        }
        Decision decision = scenario.engine().decision();
        List<String> theirs = ask(stores, store, scenario.questions());
        for (int i = 0; i < theirs.size(); i++) {
            CheckRequest question = scenario.questions().get(i);
            String ours = answer(decision.check(question, Engines.TIME));
            answers.merge(ours, 1, Integer::sum);
            if (!ours.equals(theirs.get(i)) && !mayDiffer(stores, store, question, ours, theirs.get(i))) {
                return Optional.of(question + ": ours " + ours + ", theirs " + theirs.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean mayDiffer(
            OpenFgaStores stores, String store, CheckRequest question, String ours, String theirs) {
        if (ours.equals("allow") || theirs.equals("allow")) {
            return false;
        }
        for (int i = 0; i < ASK_AGAIN; i++) {
            if (ask(stores, store, List.of(question)).get(0).equals(ours)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> ask(OpenFgaStores stores, String store, List<CheckRequest> questions) {
        List<Map<String, Object>> checks = new ArrayList<>();
        for (CheckRequest question : questions) {
            Map<String, Object> check = new LinkedHashMap<>();
            check.put("tuple_key", tuple(StoredTuple.of(question.tuple())));
            check.put("context", question.context());
            check.put("correlation_id", String.valueOf(checks.size()));
            checks.add(check);
        }
        JsonNode results = stores.post("/stores/" + store + "/batch-check", Map.of("checks", checks))
                .get("result");
        List<String> found = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            JsonNode result = results.get(String.valueOf(i));
            found.add(result.has("error") ? "error" : result.path("allowed").asBoolean() ? "allow" : "deny");
        }
        return found;
    }

    private static String answer(CheckOutcome outcome) {
        return outcome instanceof CheckOutcome.Refused ? "error" : outcome.isAllowed() ? "allow" : "deny";
    }

    private static Map<String, Object> tuple(StoredTuple tuple) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("user", tuple.key().user());
        json.put("relation", tuple.key().relation());
        json.put("object", tuple.key().object());
        tuple.condition()
                .ifPresent(condition ->
                        json.put("condition", Map.of("name", condition.name(), "context", condition.context())));
        return json;
    }

    private static Object json(String text) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
