package io.mcpaccess.openfga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.evaluation.Found;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The engine against a real OpenFGA on small random stores. {@code -Dopenfga.tries} and {@code -Dopenfga.seed} look
 * further.
 *
 * <p>OpenFGA evaluates branches side by side, takes the first answer that settles an operator, and picks one of several
 * strategies by chance. With circles below exclusions and with undecided conditions its answer is chance as well. An
 * answer that differs is therefore asked for again, and counts as equal when one of the answers is.
 */
@ExtendWith(OpenFgaServer.class)
class AgainstOpenFgaTest {

    private static final int ASK_AGAIN = 40;
    private static final int SEARCHES = 3;

    private final Map<String, Integer> answers = new TreeMap<>();

    @Test
    void answersAsTheServerDoes(OpenFgaStores stores, TestReporter reporter) {
        compare(stores, Scenario.all());
        reporter.publishEntry("answers", answers.toString());
        assertThat(answers.keySet()).contains("allow", "deny", "error");
    }

    @Test
    void answersAsTheServerDoesWhereTuplesGoInCircles(OpenFgaStores stores, TestReporter reporter) {
        compare(stores, CircularScenarios.all());
        reporter.publishEntry("answers", answers.toString());
        assertThat(answers.keySet()).contains("allow", "deny");
    }

    private void compare(OpenFgaStores stores, Arbitrary<Scenario> kind) {
        int tries = Integer.getInteger("openfga.tries", 150);
        long seed = Long.getLong("openfga.seed", 20_260_131L);
        JqwikSession.run(() -> {
            RandomGenerator<Scenario> scenarios = kind.generator(1000);
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
        StoreView view = scenario.engine().view();
        List<String> theirs = ask(stores, store, scenario.questions());
        for (int i = 0; i < theirs.size(); i++) {
            CheckRequest question = scenario.questions().get(i);
            String ours = answer(view.check(question, Engines.TIME));
            answers.merge(ours, 1, Integer::sum);
            if (!ours.equals(theirs.get(i))
                    && !isChance(
                            "check",
                            () -> ask(stores, store, List.of(question)).get(0).equals(ours))) {
                return Optional.of(question + ": ours " + ours + ", theirs " + theirs.get(i));
            }
        }
        return scenario.questions().stream()
                .limit(SEARCHES)
                .flatMap(question -> searchDifference(stores, store, view, question).stream())
                .findFirst();
    }

    /** Searches are compared where both sides find something: which tuples a search meets first is chance. */
    private Optional<String> searchDifference(
            OpenFgaStores stores, String store, StoreView view, CheckRequest question) {
        TupleKey key = question.tuple();
        Optional<Set<String>> ourObjects = found(() ->
                view.listObjects(key.user(), key.relation(), "doc", question.context(), List.of(), 1000, Engines.TIME));
        Supplier<Optional<Set<String>>> theirObjects = () -> post(
                        stores,
                        "/stores/" + store + "/list-objects",
                        Map.of(
                                "type", "doc",
                                "relation", key.relation(),
                                "user", key.user(),
                                "context", question.context()))
                .map(answer -> texts(answer.get("objects"), JsonNode::asText));
        Optional<Set<String>> ourUsers = found(() -> view.listUsers(
                key.object(), key.relation(), "user", question.context(), List.of(), 1000, Engines.TIME));
        Supplier<Optional<Set<String>>> theirUsers = () -> post(
                        stores,
                        "/stores/" + store + "/list-users",
                        Map.of(
                                "object",
                                        Map.of("type", "doc", "id", key.object().substring("doc:".length())),
                                "relation", key.relation(),
                                "user_filters", List.of(Map.of("type", "user")),
                                "context", question.context()))
                .map(answer -> texts(answer.get("users"), AgainstOpenFgaTest::user));
        Stream<TupleKey> objects =
                Stream.of("doc:1", "doc:2", "doc:3").map(object -> new TupleKey(key.user(), key.relation(), object));
        Stream<TupleKey> users = Stream.of("user:1", "user:2", "user:3", "user:*")
                .map(user -> new TupleKey(user, key.relation(), key.object()));
        return difference("objects", ourObjects, theirObjects)
                .filter(difference -> !saidByChecks(
                        stores,
                        store,
                        question,
                        objects,
                        object -> ourObjects.orElseThrow().contains(object.object())))
                .or(() -> difference("users", ourUsers, theirUsers)
                        .filter(difference -> !saidByChecks(
                                stores,
                                store,
                                question,
                                users,
                                user -> ourUsers.orElseThrow().contains(user.user()))))
                .map(difference -> question + ": " + difference);
    }

    /** In circles of tuples the server's lists differ from its own checks: then these count. */
    private boolean saidByChecks(
            OpenFgaStores stores,
            String store,
            CheckRequest question,
            Stream<TupleKey> candidates,
            Predicate<TupleKey> isOurs) {
        answers.merge("list by checks", 1, Integer::sum);
        return candidates.allMatch(key -> {
            List<CheckRequest> check = List.of(new CheckRequest(key, question.context(), List.of()));
            return isChance("item of a list", () -> ask(stores, store, check).contains("allow") == isOurs.test(key));
        });
    }

    private Optional<String> difference(
            String what, Optional<Set<String>> ours, Supplier<Optional<Set<String>>> theirs) {
        answers.merge(ours.isPresent() ? what : "no " + what, 1, Integer::sum);
        Optional<Set<String>> first = theirs.get();
        boolean equal = ours.isEmpty()
                || first.isEmpty()
                || ours.equals(first)
                || isChance(what, () -> theirs.get().equals(ours));
        return equal ? Optional.empty() : Optional.of(what + ", ours " + ours + ", theirs " + first);
    }

    private static Optional<Set<String>> found(Supplier<Found> search) {
        try {
            return Optional.of(new TreeSet<>(search.get().items()));
        } catch (OpenFgaException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> post(OpenFgaStores stores, String path, Object body) {
        try {
            return Optional.of(stores.post(path, body));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static Set<String> texts(JsonNode list, Function<JsonNode, String> text) {
        Set<String> texts = new TreeSet<>();
        list.forEach(item -> texts.add(text.apply(item)));
        return texts;
    }

    private static String user(JsonNode user) {
        return user.has("wildcard")
                ? user.path("wildcard").path("type").asText() + ":*"
                : user.path("object").path("type").asText() + ":"
                        + user.path("object").path("id").asText();
    }

    private boolean isChance(String what, BooleanSupplier equalNow) {
        for (int i = 0; i < ASK_AGAIN; i++) {
            if (equalNow.getAsBoolean()) {
                answers.merge(what + " by chance", 1, Integer::sum);
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
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
