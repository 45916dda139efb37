package io.mcpaccess.openfga.embedded.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes models at random, as OpenFGA's JSON: circles, parents of several types, every operator in every other. */
final class RandomModels {

    private static final List<String> TYPES = List.of("doc", "folder", "group");
    private static final List<String> RELATIONS = List.of("a", "b", "c", "d");
    private static final String PARENT = "parent";

    private final Random random;

    RandomModels(Random random) {
        this.random = random;
    }

    /** The next model; it may break OpenFGA's rules. */
    JsonNode next() {
        List<Object> types = new ArrayList<>(List.of(Map.of("type", "user"), Map.of("type", "bot")));
        TYPES.subList(0, 1 + random.nextInt(TYPES.size())).forEach(type -> types.add(type(type, types.size() - 1)));
        return new ObjectMapper()
                .valueToTree(Map.of(
                        "schema_version",
                        "1.1",
                        "type_definitions",
                        types,
                        "conditions",
                        Map.of(
                                "ok",
                                Map.of(
                                        "name",
                                        "ok",
                                        "expression",
                                        "x > 1",
                                        "parameters",
                                        Map.of("x", Map.of("type_name", "TYPE_NAME_INT"))))));
    }

    private Map<String, Object> type(String name, int known) {
        Map<String, Object> relations = new LinkedHashMap<>();
        Map<String, Object> direct = new LinkedHashMap<>();
        relations.put(PARENT, Map.of("this", Map.of()));
        direct.put(PARENT, Map.of("directly_related_user_types", parents(known)));
        for (String relation : RELATIONS) {
            boolean[] isAssignable = {false};
            relations.put(relation, rule(relation, random.nextInt(3), isAssignable));
            if (isAssignable[0]) {
                direct.put(relation, Map.of("directly_related_user_types", users(known)));
            }
        }
        return Map.of("type", name, "relations", relations, "metadata", Map.of("relations", direct));
    }

    private List<Object> parents(int known) {
        List<Object> parents = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String type = random.nextInt(20) == 0 ? "user" : TYPES.get(random.nextInt(known));
            parents.add(random.nextInt(4) == 0 ? Map.of("type", type, "condition", "ok") : Map.of("type", type));
        }
        return parents;
    }

    private List<Object> users(int known) {
        List<Object> users = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String type = TYPES.get(random.nextInt(known));
            users.add(
                    switch (random.nextInt(6)) {
                        case 0 -> Map.of("type", "bot");
                        case 1 -> Map.of("type", "user", "wildcard", Map.of());
                        case 2, 3 -> Map.of("type", type, "relation", one(RELATIONS));
                        case 4 -> Map.of("type", "user", "condition", "ok");
                        default -> Map.of("type", "user");
                    });
        }
        return users;
    }

    private Map<String, Object> rule(String relation, int depth, boolean[] isAssignable) {
        if (depth > 0 && random.nextInt(4) != 0) {
            Object first = rule(relation, depth - 1, isAssignable);
            Object second = random.nextInt(5) == 0 ? first : rule(relation, depth - 1, isAssignable);
            return switch (random.nextInt(4)) {
                case 0, 1 -> Map.of("union", Map.of("child", List.of(first, second)));
                case 2 -> Map.of("intersection", Map.of("child", List.of(first, second)));
                default -> Map.of("difference", Map.of("base", first, "subtract", second));
            };
        }
        return switch (random.nextInt(5)) {
            case 0 -> Map.of("computedUserset", Map.of("relation", one(RELATIONS)));
            case 1 ->
                Map.of(
                        "tupleToUserset",
                        Map.of(
                                "tupleset",
                                Map.of("relation", PARENT),
                                "computedUserset",
                                Map.of("relation", one(RELATIONS))));
            default -> {
                isAssignable[0] = true;
                yield Map.of("this", Map.of());
            }
        };
    }

    private String one(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }
}
