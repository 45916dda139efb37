package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.condition.ConditionDefinition;
import io.mcpaccess.openfga.embedded.condition.cel.ParameterType;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.model.ModelSource;
import io.mcpaccess.openfga.embedded.model.RelationDefinition;
import io.mcpaccess.openfga.embedded.model.Rewrite;
import io.mcpaccess.openfga.embedded.model.TypeDefinition;
import io.mcpaccess.openfga.embedded.model.TypeRestriction;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A small random store and questions about it. The condition {@code small} holds while its parameter x is below 5.
 *
 * @param model a model that keeps OpenFGA's rules
 * @param tuples tuples that the model allows
 * @param questions checks
 */
record Scenario(AuthorizationModel model, List<StoredTuple> tuples, List<CheckRequest> questions) {

    private static final List<String> RELATIONS = List.of("a", "b", "c", "d");
    private static final List<String> OBJECTS = List.of("doc:1", "doc:2", "doc:3", "group:1", "group:2");
    private static final List<TypeRestriction> RESTRICTIONS = List.of(
            restriction("user", "", false, ""),
            restriction("user", "", true, ""),
            restriction("group", "member", false, ""),
            restriction("doc", "a", false, ""),
            restriction("doc", "c", false, ""),
            restriction("user", "", false, "small"),
            restriction("group", "member", false, "small"));

    private static TypeRestriction restriction(String type, String relation, boolean wildcard, String condition) {
        return new TypeRestriction(
                type,
                Optional.of(relation).filter(name -> !name.isEmpty()),
                wildcard,
                Optional.of(condition).filter(name -> !name.isEmpty()));
    }

    /** The store as an engine. */
    EmbeddedEngine engine() {
        StoreContent content =
                new StoreContent("random", List.of(new StoreContent.Model(Engines.MODEL, model)), tuples);
        return new EmbeddedEngine(content, ChangeLog.none(), new Ulids(Clock.systemUTC(), new Random(3)));
    }

    static Arbitrary<Scenario> all() {
        return models().flatMap(model -> Combinators.combine(
                        Arbitraries.of(possible(model)).list().ofMaxSize(16),
                        anyQuestion().list().ofMinSize(1).ofMaxSize(12))
                .as((tuples, questions) -> new Scenario(model, withoutRepeats(tuples), questions)));
    }

    private static List<StoredTuple> withoutRepeats(List<StoredTuple> tuples) {
        Map<TupleKey, StoredTuple> byKey = new LinkedHashMap<>();
        tuples.forEach(tuple -> byKey.putIfAbsent(tuple.key(), tuple));
        return List.copyOf(byKey.values());
    }

    /** Every tuple that the model allows about a few objects and users. */
    private static List<StoredTuple> possible(AuthorizationModel model) {
        List<StoredTuple> possible = new ArrayList<>();
        for (String object : OBJECTS) {
            String type = object.substring(0, object.indexOf(':'));
            for (RelationDefinition relation :
                    model.types().get(type).relations().values()) {
                for (TypeRestriction restriction : relation.directTypes()) {
                    for (String user : users(restriction)) {
                        TupleKey key = new TupleKey(user, relation.name(), object);
                        if (!user.equals(object + "#" + relation.name())) {
                            conditions(restriction).forEach(condition -> possible.add(new StoredTuple(key, condition)));
                        }
                    }
                }
            }
        }
        return possible;
    }

    private static List<String> users(TypeRestriction restriction) {
        if (restriction.wildcard()) {
            return List.of(restriction.type() + ":*");
        }
        String relation = restriction.relation().map(name -> "#" + name).orElse("");
        return List.of("1", "2", "3").stream()
                .map(id -> restriction.type() + ":" + id + relation)
                .toList();
    }

    private static List<Optional<StoredTuple.Condition>> conditions(TypeRestriction restriction) {
        return restriction.condition().isEmpty()
                ? List.of(Optional.empty())
                : List.of(
                        Optional.of(new StoredTuple.Condition("small", Map.of())),
                        Optional.of(new StoredTuple.Condition("small", Map.of("x", 1))),
                        Optional.of(new StoredTuple.Condition("small", Map.of("x", 9))));
    }

    private static Arbitrary<AuthorizationModel> models() {
        Arbitrary<Map<String, RelationDefinition>> relations = Combinators.combine(
                        relation(0), relation(1), relation(2), relation(3))
                .as((a, b, c, d) -> {
                    Map<String, RelationDefinition> all = new LinkedHashMap<>();
                    all.put(
                            "parent",
                            new RelationDefinition(
                                    "parent",
                                    new Rewrite.Direct(),
                                    List.of(restriction("doc", "", false, ""), restriction("group", "", false, ""))));
                    List.of(a, b, c, d).forEach(relation -> all.put(relation.name(), relation));
                    return all;
                });
        return relations.map(Scenario::model).filter(Scenario::isValid);
    }

    static AuthorizationModel model(Map<String, RelationDefinition> ofDoc) {
        Map<String, TypeDefinition> types = new LinkedHashMap<>();
        types.put("user", new TypeDefinition("user", Map.of()));
        types.put(
                "group",
                new TypeDefinition(
                        "group",
                        Map.of(
                                "member",
                                new RelationDefinition(
                                        "member",
                                        new Rewrite.Direct(),
                                        List.of(
                                                restriction("user", "", false, ""),
                                                restriction("user", "", true, ""),
                                                restriction("group", "member", false, ""))))));
        types.put("doc", new TypeDefinition("doc", ofDoc));
        ConditionDefinition small = new ConditionDefinition(
                "small", "x < 5", Map.of("x", new ParameterType(ParameterType.Kind.INT, Optional.empty())));
        return new AuthorizationModel("1.1", types, Map.of("small", small), ModelSource.of(""));
    }

    private static boolean isValid(AuthorizationModel model) {
        try {
            ModelReader.fromJson(ModelReader.toJson(model));
            return true;
        } catch (InvalidModelException e) {
            return false;
        }
    }

    /** A relation refers to later ones of the same object alone, so that few models are refused for a loop. */
    private static Arbitrary<RelationDefinition> relation(int index) {
        Arbitrary<Set<TypeRestriction>> direct =
                Arbitraries.of(RESTRICTIONS).set().ofMinSize(1).ofMaxSize(4);
        return Combinators.combine(rewrite(index, 2), direct)
                .as((rewrite, restrictions) -> new RelationDefinition(
                        RELATIONS.get(index),
                        rewrite,
                        rewrite.holdsDirect()
                                ? RESTRICTIONS.stream()
                                        .filter(restrictions::contains)
                                        .toList()
                                : List.of()));
    }

    private static Arbitrary<Rewrite> rewrite(int index, int depth) {
        Arbitrary<Rewrite> leaf = leaf(index);
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Rewrite> inner = rewrite(index, depth - 1);
        return Arbitraries.frequencyOf(
                Tuple.of(3, leaf),
                Tuple.of(2, inner.list().ofSize(2).map(Rewrite.Union::new)),
                Tuple.of(1, inner.list().ofSize(2).map(Rewrite.Intersection::new)),
                Tuple.of(1, inner.list().ofSize(2).map(both -> new Rewrite.Exclusion(both.get(0), both.get(1)))));
    }

    private static Arbitrary<Rewrite> leaf(int index) {
        Arbitrary<Rewrite> direct = Arbitraries.just(new Rewrite.Direct());
        Arbitrary<Rewrite> related = Arbitraries.of("a", "b", "c", "d", "member")
                .map(relation -> new Rewrite.TupleToUserset("parent", relation));
        if (index == RELATIONS.size() - 1) {
            return Arbitraries.frequencyOf(Tuple.of(3, direct), Tuple.of(1, related));
        }
        Arbitrary<Rewrite> computed =
                Arbitraries.of(RELATIONS.subList(index + 1, RELATIONS.size())).map(Rewrite.Computed::new);
        return Arbitraries.frequencyOf(Tuple.of(3, direct), Tuple.of(1, related), Tuple.of(2, computed));
    }

    private static Arbitrary<CheckRequest> anyQuestion() {
        Arbitrary<String> users = Arbitraries.of(
                "user:1", "user:2", "user:3", "user:*", "group:1#member", "doc:1#a", "doc:2#c", "group:1");
        Arbitrary<Map<String, Object>> contexts = Arbitraries.of(Map.of(), Map.of("x", 1), Map.of("x", 9));
        return Combinators.combine(
                        users, Arbitraries.of(RELATIONS), Arbitraries.of("doc:1", "doc:2", "doc:3", "doc:4"), contexts)
                .as((user, relation, object, context) ->
                        new CheckRequest(new TupleKey(user, relation, object), context, List.of()));
    }
}
