package io.mcpaccess.openfga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.evaluation.Found;
import io.mcpaccess.openfga.embedded.explain.Explainer;
import io.mcpaccess.openfga.embedded.explain.Explanation;
import io.mcpaccess.openfga.embedded.model.HoldableRelations;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The engine against {@link ReferenceEvaluator} and against itself, on small random stores. */
class ReferencePropertyTest {

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Arbitraries.oneOf(Scenario.all(), CircularScenarios.all());
    }

    @Property(tries = 300)
    void answersAsTheDefinitionSays(@ForAll("scenarios") Scenario scenario) {
        StoreView view = scenario.engine().view();
        ReferenceEvaluator reference = new ReferenceEvaluator(scenario.model(), scenario.tuples());
        for (CheckRequest question : scenario.questions()) {
            assertThat(answer(view.check(question, Engines.TIME)))
                    .as("%s%n%s%n%s", question, ModelReader.toJson(scenario.model()), scenario.tuples())
                    .isEqualTo(answer(reference.check(question)));
        }
    }

    private static String answer(CheckOutcome outcome) {
        return outcome instanceof CheckOutcome.Refused ? "error" : outcome.isAllowed() ? "allow" : "deny";
    }

    private static String answer(ReferenceEvaluator.Answer answer) {
        return switch (answer) {
            case YES -> "allow";
            case ERROR -> "error";
            case NO, CIRCLE -> "deny";
        };
    }

    /** What is listed may be called, and what may be called is listed: for searches that meet no error. */
    @Property(tries = 200)
    void listsTheObjectsThatCheckAllows(@ForAll("scenarios") Scenario scenario) {
        StoreView view = scenario.engine().view();
        for (CheckRequest question : scenario.questions()) {
            String user = question.tuple().user();
            String relation = question.tuple().relation();
            List<String> objects = Stream.of("doc:1", "doc:2", "doc:3").toList();
            List<CheckOutcome> outcomes = objects.stream()
                    .map(object -> view.check(
                            new CheckRequest(new TupleKey(user, relation, object), question.context(), List.of()),
                            Engines.TIME))
                    .toList();
            if (outcomes.stream().anyMatch(outcome -> outcome instanceof CheckOutcome.Refused)) {
                continue;
            }
            List<String> expected = objects.stream()
                    .filter(object -> outcomes.get(objects.indexOf(object)).isAllowed())
                    .toList();
            Found found;
            try {
                found = view.listObjects(user, relation, "doc", question.context(), List.of(), 1000, Engines.TIME);
            } catch (OpenFgaException e) {
                continue;
            }
            assertThat(found.items())
                    .as("%s%n%s%n%s", question, ModelReader.toJson(scenario.model()), scenario.tuples())
                    .containsAll(expected)
                    .allSatisfy(object -> assertThat(objects.contains(object) && !expected.contains(object))
                            .isFalse());
        }
    }

    /** Also where tuples go in circles: whoever is listed may, and whoever may is listed. */
    @Property(tries = 200)
    void listsTheUsersThatCheckAllows(@ForAll("circles") Scenario scenario) {
        StoreView view = scenario.engine().view();
        boolean everyone =
                scenario.tuples().stream().anyMatch(tuple -> tuple.key().user().equals("user:*"));
        for (CheckRequest question : everyone ? List.<CheckRequest>of() : scenario.questions()) {
            TupleKey tuple = question.tuple();
            List<String> expected = Stream.of("user:1", "user:2", "user:3")
                    .filter(user -> view.check(CheckRequest.of(user, tuple.relation(), tuple.object()), Engines.TIME)
                            .isAllowed())
                    .toList();
            Found found =
                    view.listUsers(tuple.object(), tuple.relation(), "user", Map.of(), List.of(), 1000, Engines.TIME);
            assertThat(found.items())
                    .as("%s%n%s%n%s", question, ModelReader.toJson(scenario.model()), scenario.tuples())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Provide
    Arbitrary<Scenario> circles() {
        return CircularScenarios.all();
    }

    /** An explanation of an allow has a path, and every set of tuples that is said to be missing allows. */
    @Property(tries = 100)
    void explainsWhatItAnswers(@ForAll("scenarios") Scenario scenario) {
        Explainer explainer = new Explainer();
        EmbeddedEngine engine = scenario.engine();
        for (CheckRequest question : scenario.questions()) {
            CheckOutcome outcome = engine.view().check(question, Engines.TIME);
            Explanation explanation = explainer.explain(engine.view(), question, Engines.TIME);
            assertThat(explanation.answer() == Explanation.Answer.ALLOW).isEqualTo(outcome.isAllowed());
            if (outcome.isAllowed()) {
                assertThat(explanation.path())
                        .as("%s%n%s%n%s", question, ModelReader.toJson(scenario.model()), scenario.tuples())
                        .isNotEmpty();
            }
            explanation.missing().stream()
                    .filter(tuples ->
                            tuples.stream().allMatch(tuple -> tuple.condition().isEmpty()))
                    .forEach(tuples -> {
                        EmbeddedEngine other = scenario.engine();
                        other.write(tuples, List.of());
                        assertThat(other.view().check(question, Engines.TIME).isAllowed())
                                .isTrue();
                    });
        }
    }

    /** Action search asks no other relations: nothing may be lost by that. */
    @Property(tries = 300)
    void whatCheckAllowsIsAmongTheRelationsThatTheSubjectCanHold(@ForAll("scenarios") Scenario scenario) {
        StoreView view = scenario.engine().view();
        HoldableRelations holdable = new HoldableRelations(scenario.model());
        for (CheckRequest question : scenario.questions()) {
            TupleKey tuple = question.tuple();
            if (!tuple.user().contains("#")
                    && view.check(question, Engines.TIME).isAllowed()) {
                assertThat(holdable.of(typeOf(tuple.user()), typeOf(tuple.object())))
                        .as("%s%n%s%n%s", question, ModelReader.toJson(scenario.model()), scenario.tuples())
                        .contains(tuple.relation());
            }
        }
    }

    private static String typeOf(String object) {
        return object.substring(0, object.indexOf(':'));
    }

    /** More exclusions or fewer tuples may change a deny into an allow only where the model has an exclusion. */
    @Property(tries = 100)
    void withoutExclusionsATupleLessNeverAllowsMore(@ForAll("scenarios") Scenario scenario) {
        if (ModelReader.toJson(scenario.model()).contains("difference")
                || scenario.tuples().isEmpty()) {
            return;
        }
        StoreView all = scenario.engine().view();
        StoreView fewer = new Scenario(
                        scenario.model(),
                        scenario.tuples().subList(1, scenario.tuples().size()),
                        List.of())
                .engine()
                .view();
        for (CheckRequest question : scenario.questions()) {
            if (fewer.check(question, Engines.TIME).isAllowed()) {
                assertThat(all.check(question, Engines.TIME).isAllowed()).isTrue();
            }
        }
    }
}
