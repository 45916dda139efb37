package io.mcpaccess.openfga.embedded.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Conditions of random expressions and contexts are refused, met, not met and undecided where a real OpenFGA has them so.
 * {@code -Dopenfga.conditions=20000 -Dopenfga.seed=7} asks more, or other ones.
 */
@ExtendWith(OpenFgaServer.class)
class RandomConditionsOnOpenFgaTest {

    private static final int IN_A_MODEL = 40;
    private static final String USER = "user:ann";
    private static final String OBJECT = "tool:pay";

    @Test
    void randomConditionsAreAnsweredAsOpenFgaDoes(OpenFgaStores stores) {
        RandomConditions random = new RandomConditions(new Random(Long.getLong("openfga.seed", 1)));
        List<String> different = new ArrayList<>();
        for (int asked = 0; asked < Integer.getInteger("openfga.conditions", 400); asked += IN_A_MODEL) {
            String store = stores.createStore();
            List<ConditionCase> accepted = new ArrayList<>();
            for (int i = 0; i < IN_A_MODEL; i++) {
                ConditionCase next = random.next();
                if (!next.answer().equals(ConditionCase.REFUSED)) {
                    accepted.add(next);
                } else if (isAccepted(stores, store, List.of(next))) {
                    different.add("we refuse: " + next);
                }
            }
            if (isAccepted(stores, store, accepted)) {
                compare(stores, store, accepted, different);
            } else {
                accepted.stream()
                        .filter(each -> !isAccepted(stores, store, List.of(each)))
                        .forEach(each -> different.add("OpenFGA refuses: " + each));
            }
        }
        assertThat(different).isEmpty();
    }

    private static void compare(OpenFgaStores stores, String store, List<ConditionCase> cases, List<String> different) {
        List<Map<String, Object>> tuples = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Map<String, Object> tuple = new LinkedHashMap<>(key(i));
            tuple.put("condition", Map.of("name", "ok" + i));
            tuples.add(tuple);
        }
        stores.post("/stores/" + store + "/write", Map.of("writes", Map.of("tuple_keys", tuples)));
        for (int i = 0; i < cases.size(); i++) {
            String theirs = theirs(stores, store, i, cases.get(i).context());
            if (!theirs.equals(cases.get(i).answer())) {
                different.add("OpenFGA " + theirs + ", we " + cases.get(i).answer() + ": " + cases.get(i));
            }
        }
    }

    private static String theirs(OpenFgaStores stores, String store, int condition, Map<String, Object> context) {
        try {
            return stores.post("/stores/" + store + "/check", Map.of("tuple_key", key(condition), "context", context))
                    .path("allowed")
                    .asText();
        } catch (IllegalStateException e) {
            return ConditionCase.ERROR;
        }
    }

    private static Map<String, Object> key(int condition) {
        return Map.of("user", USER, "relation", "can" + condition, "object", OBJECT);
    }

    /** Adds a model with all the conditions; false where OpenFGA refuses it. */
    private static boolean isAccepted(OpenFgaStores stores, String store, List<ConditionCase> cases) {
        Map<String, Object> relations = new LinkedHashMap<>();
        Map<String, Object> types = new LinkedHashMap<>();
        Map<String, Object> conditions = new LinkedHashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            Map<String, Object> parameters = new LinkedHashMap<>();
            cases.get(i).parameters().forEach((name, type) -> parameters.put(name, type(type)));
            conditions.put(
                    "ok" + i,
                    Map.of("name", "ok" + i, "expression", cases.get(i).expression(), "parameters", parameters));
            relations.put("can" + i, Map.of("this", Map.of()));
            types.put(
                    "can" + i,
                    Map.of("directly_related_user_types", List.of(Map.of("type", "user", "condition", "ok" + i))));
        }
        try {
            stores.post(
                    "/stores/" + store + "/authorization-models",
                    Map.of(
                            "schema_version",
                            "1.1",
                            "type_definitions",
                            List.of(
                                    Map.of("type", "user"),
                                    Map.of(
                                            "type",
                                            "tool",
                                            "relations",
                                            relations,
                                            "metadata",
                                            Map.of("relations", types))),
                            "conditions",
                            conditions));
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static Map<String, Object> type(String text) {
        int bracket = text.indexOf('<');
        String name = bracket < 0 ? text : text.substring(0, bracket);
        Map<String, Object> type = new LinkedHashMap<>();
        type.put("type_name", "TYPE_NAME_" + name.toUpperCase(Locale.ROOT));
        if (bracket >= 0) {
            type.put("generic_types", List.of(type(text.substring(bracket + 1, text.length() - 1))));
        }
        return type;
    }
}
