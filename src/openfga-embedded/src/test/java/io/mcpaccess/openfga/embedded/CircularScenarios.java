package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.model.RelationDefinition;
import io.mcpaccess.openfga.embedded.model.TypeRestriction;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Small random stores whose relations come back to themselves, with exclusions and intersections above, and whose tuples go in circles. */
final class CircularScenarios {

    private static final List<String> OBJECTS = List.of("doc:1", "doc:2", "doc:3");
    private static final Arbitrary<String> RECURSIVE = Arbitraries.of(
            "[user]",
            "[user, doc#THIS]",
            "[user, user:*, doc#THIS]",
            "[user, doc#OTHER]",
            "[user, doc#THIS, doc#OTHER]",
            "[user] or THIS from parent",
            "[user, doc#THIS] or THIS from parent",
            "[user] or OTHER from parent",
            "[user] or THIS from parent or THIS from owner",
            "[user, doc#THIS] or OTHER",
            "[user, doc#THIS, user with small]",
            "([user, doc#THIS] and [user]) or THIS from parent");
    private static final Arbitrary<String> ABOVE = Arbitraries.of(
            "a but not b",
            "[user, doc#c] but not b",
            "[user] but not b",
            "a and b",
            "a but not (b but not a)",
            "(a but not b) or b from parent",
            "[doc#a] but not b",
            "[user, doc#a, doc#b]",
            "(a and b) but not a from parent");
    private static final Arbitrary<String> TOP = Arbitraries.of(
            "[doc#c]", "c but not b", "c or b", "c from parent", "[user, doc#d] but not c", "[user, doc#d] and c");

    private CircularScenarios() {}

    static Arbitrary<Scenario> all() {
        Arbitrary<AuthorizationModel> models = Combinators.combine(
                        RECURSIVE, RECURSIVE, ABOVE, TOP, Arbitraries.of("[doc]", "[doc, user]"))
                .as(CircularScenarios::dsl)
                .map(CircularScenarios::model)
                .filter(Optional::isPresent)
                .map(Optional::get);
        return models.flatMap(model -> Combinators.combine(
                        Arbitraries.of(possible(model)).list().ofMinSize(2).ofMaxSize(14),
                        question().list().ofMinSize(6).ofMaxSize(12))
                .as((tuples, questions) -> new Scenario(model, withoutRepeats(tuples), questions)));
    }

    private static String dsl(String a, String b, String c, String d, String owners) {
        return """
                model
                  schema 1.1
                type user
                type doc
                  relations
                    define parent: [doc]
                    define owner: %s
                    define a: %s
                    define b: %s
                    define c: %s
                    define d: %s
                condition small(x: int) {
                  x < 5
                }
                """.formatted(owners, named(a, "a", "b"), named(b, "b", "a"), c, d);
    }

    private static String named(String rule, String own, String other) {
        return rule.replace("THIS", own).replace("OTHER", other);
    }

    private static Optional<AuthorizationModel> model(String dsl) {
        try {
            return Optional.of(ModelReader.fromDsl(dsl));
        } catch (InvalidModelException e) {
            return Optional.empty();
        }
    }

    private static List<StoredTuple> withoutRepeats(List<StoredTuple> tuples) {
        Map<TupleKey, StoredTuple> byKey = new LinkedHashMap<>();
        tuples.forEach(tuple -> byKey.putIfAbsent(tuple.key(), tuple));
        return List.copyOf(byKey.values());
    }

    private static List<StoredTuple> possible(AuthorizationModel model) {
        List<StoredTuple> possible = new ArrayList<>();
        for (String object : OBJECTS) {
            for (RelationDefinition relation :
                    model.types().get("doc").relations().values()) {
                for (TypeRestriction restriction : relation.directTypes()) {
                    List<String> ids = restriction.wildcard() ? List.of("*") : List.of("1", "2", "3");
                    String userset =
                            restriction.relation().map(name -> "#" + name).orElse("");
                    for (String id : ids) {
                        String user = restriction.type() + ":" + id + userset;
                        if (!user.equals(object + "#" + relation.name())) {
                            possible.add(new StoredTuple(
                                    new TupleKey(user, relation.name(), object),
                                    restriction
                                            .condition()
                                            .map(name -> new StoredTuple.Condition(
                                                    name, Map.of("x", id.equals("1") ? 1 : 9)))));
                        }
                    }
                }
            }
        }
        return possible;
    }

    private static Arbitrary<CheckRequest> question() {
        return Combinators.combine(
                        Arbitraries.of("user:1", "user:2", "user:3", "user:*", "doc:1#a", "doc:2#b", "doc:3"),
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.of(OBJECTS))
                .as((user, relation, object) -> CheckRequest.of(user, relation, object));
    }
}
