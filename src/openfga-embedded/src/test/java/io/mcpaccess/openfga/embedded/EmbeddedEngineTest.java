package io.mcpaccess.openfga.embedded;

import static io.mcpaccess.openfga.embedded.Engines.allows;
import static io.mcpaccess.openfga.embedded.Engines.key;
import static io.mcpaccess.openfga.embedded.Engines.tuple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.evaluation.UsersetTree;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedEngineTest {

    private static final String MODEL = """
        model
          schema 1.1
        type user
        type team
          relations
            define member: [user, team#member]
        type tool
          relations
            define parent: [tool]
            define banned: [user]
            define can_call: [user, user:*, team#member, user with small] or can_call from parent
            define may: can_call but not banned
        condition small(size: int, limit: int) {
          size < limit
        }
        """;

    private final List<Change> kept = new ArrayList<>();
    private final EmbeddedEngine engine = Engines.of(kept::add, MODEL, "tool:pay#can_call@user:ann");

    private OpenFgaCode refused(List<StoredTuple> writes, List<String> deletes) {
        int revision = engine.tuples().revision();
        OpenFgaException e = catchThrowableOfType(
                OpenFgaException.class,
                () -> engine.write(writes, deletes.stream().map(Engines::key).toList()));
        assertThat(engine.tuples().revision()).isEqualTo(revision);
        assertThat(kept).isEmpty();
        return e.error().code();
    }

    @ParameterizedTest
    @CsvSource({
        "tool:pay#can_fly@user:ann,2000",
        "plane:1#can_call@user:ann,2000",
        "tool:pay#can_call@robot:1,2000",
        "tool:pay#can_call@team:a,2000",
        "tool:pay#can_call@team:*,2000",
        "tool:pay#can_call@team:a#owner,2000",
        "tool:pay#can_call@tool:x#may,2000",
        "tool:pay#may@user:ann,2000",
        "tool:pay#parent@tool:x#may,2000",
        "tool:pay#can_call@user:a:b,2000",
        "tool:*#can_call@user:ann,2000",
        "team:a#member@team:a#member,2000",
        "tool:pay#can_call@user:ann,2017"
    })
    void refusesTuplesAsOpenFgaDoes(String written, int code) {
        assertThat(refused(List.of(tuple(written)), List.of()).number()).isEqualTo(code);
    }

    @Test
    void refusesConditionsThatDoNotFit() {
        assertThat(refused(List.of(withCondition("unknown", Map.of())), List.of()))
                .isEqualTo(OpenFgaCode.VALIDATION_ERROR);
        assertThat(refused(List.of(withCondition("small", Map.of("limit", "many"))), List.of()))
                .isEqualTo(OpenFgaCode.VALIDATION_ERROR);
        assertThat(refused(List.of(withCondition("small", Map.of("weight", 1))), List.of()))
                .isEqualTo(OpenFgaCode.VALIDATION_ERROR);
        engine.write(List.of(withCondition("small", Map.of("limit", 3))), List.of());
        assertThat(engine.tuples().size()).isEqualTo(2);
    }

    private static StoredTuple withCondition(String name, Map<String, Object> context) {
        return new StoredTuple(
                key("tool:new#can_call@user:ann"), Optional.of(new StoredTuple.Condition(name, context)));
    }

    @Test
    void refusesWritesThatAreNoneOrTwiceOrTooMany() {
        assertThat(refused(List.of(), List.of())).isEqualTo(OpenFgaCode.INVALID_WRITE_INPUT);
        StoredTuple bob = tuple("tool:pay#can_call@user:bob");
        assertThat(refused(List.of(bob, bob), List.of())).isEqualTo(OpenFgaCode.DUPLICATE_TUPLES);
        assertThat(refused(List.of(tuple("tool:pay#can_call@user:ann")), List.of("tool:pay#can_call@user:ann")))
                .isEqualTo(OpenFgaCode.DUPLICATE_TUPLES);
        List<StoredTuple> many = IntStream.range(0, 101)
                .mapToObj(i -> tuple("tool:pay#can_call@user:u" + i))
                .toList();
        assertThat(refused(many, List.of())).isEqualTo(OpenFgaCode.EXCEEDED_ENTITY_LIMIT);
    }

    @Test
    void refusesToDeleteWhatIsNotThere() {
        assertThat(refused(List.of(tuple("tool:pay#can_call@user:bob")), List.of("tool:pay#can_call@user:eve")))
                .isEqualTo(OpenFgaCode.WRITE_FAILED);
        assertThat(allows(engine, "tool:pay#can_call@user:bob")).isFalse();
    }

    @Test
    void aDecisionStaysAsItIsWhileTuplesChange() {
        StoreView before = engine.view();
        engine.write(List.of(tuple("tool:pay#can_call@user:bob")), List.of(key("tool:pay#can_call@user:ann")));

        assertThat(allows(before, "tool:pay#can_call@user:ann")).isTrue();
        assertThat(allows(before, "tool:pay#can_call@user:bob")).isFalse();
        assertThat(allows(engine, "tool:pay#can_call@user:ann")).isFalse();
        assertThat(allows(engine, "tool:pay#can_call@user:bob")).isTrue();
    }

    @Test
    void aChangeThatCannotBeKeptDoesNotHappen() {
        EmbeddedEngine failing = Engines.of(
                change -> {
                    throw new IllegalStateException("disk full");
                },
                MODEL);
        assertThatThrownBy(() -> failing.write(List.of(tuple("tool:pay#can_call@user:bob")), List.of()))
                .hasMessage("disk full");
        assertThat(failing.tuples().size()).isZero();
    }

    @Test
    void keptChangesLeadAnotherEngineToTheSameState() {
        engine.write(List.of(tuple("tool:pay#can_call@user:bob")), List.of(key("tool:pay#can_call@user:ann")));
        String model =
                engine.addModel(ModelReader.toJson(ModelReader.fromDsl(MODEL.replace("or can_call from parent", ""))));
        engine.write(List.of(tuple("tool:pay#banned@user:bob")), List.of());

        EmbeddedEngine other = Engines.of(MODEL, "tool:pay#can_call@user:ann");
        other.replay(kept);

        assertThat(other.latestModel()).contains(model);
        assertThat(allows(other, "tool:pay#can_call@user:bob")).isTrue();
        assertThat(allows(other, "tool:pay#may@user:bob")).isFalse();
        assertThat(allows(other, "tool:pay#may@user:ann")).isFalse();
    }

    @Test
    void case18_identifiersThatDifferInCaseAloneAreDifferent() {
        assertThat(allows(engine, "tool:pay#can_call@user:ann")).isTrue();
        assertThat(allows(engine, "tool:pay#can_call@user:Ann")).isFalse();
        assertThat(allows(engine, "tool:PAY#can_call@user:ann")).isFalse();
    }

    @Test
    void case27_aModelIsPinnedByItsId() {
        engine.write(List.of(tuple("tool:list#parent@tool:pay")), List.of());
        engine.addModel(ModelReader.toJson(ModelReader.fromDsl(MODEL.replace("or can_call from parent", ""))));

        assertThat(allows(engine.view(Engines.MODEL), "tool:list#can_call@user:ann"))
                .isTrue();
        assertThat(allows(engine.view(), "tool:list#can_call@user:ann")).isFalse();
        assertThatThrownBy(() -> engine.view("01J99999999999999999999999"))
                .isInstanceOf(OpenFgaException.class)
                .hasMessageContaining("authorization_model_not_found");
    }

    @Test
    void refusesModelsThatBreakARule() {
        OpenFgaException e = catchThrowableOfType(OpenFgaException.class, () -> engine.addModel("""
            {"schema_version":"1.1","type_definitions":[{"type":"user"},{"type":"tool","relations":
             {"can_call":{"computed_userset":{"relation":"missing"}}}}]}\
            """));
        assertThat(e.error().code().number()).isEqualTo(2056);
        assertThat(e.error().message()).contains("tool#missing");
        assertThat(engine.latestModel()).contains(Engines.MODEL);
    }

    @Test
    void acceptsModelsInCamelCase() {
        engine.addModel("""
            {"schemaVersion":"1.1","typeDefinitions":[{"type":"user","relations":{}},{"type":"tool",
             "relations":{"owner":{"this":{}},"can_call":{"computedUserset":{"object":"","relation":"owner"}}},
             "metadata":{"relations":{"owner":{"directlyRelatedUserTypes":[{"type":"user"}]},
             "can_call":{"directlyRelatedUserTypes":[]}}}}]}\
            """);
        engine.write(List.of(tuple("tool:pay#owner@user:olga")), List.of());
        assertThat(allows(engine, "tool:pay#can_call@user:olga")).isTrue();
    }

    @Test
    void expandsOneLevel() {
        engine.write(List.of(tuple("tool:pay#parent@tool:all"), tuple("tool:pay#banned@user:eve")), List.of());
        UsersetTree tree = engine.view().expand("tool:pay", "can_call", List.of());
        assertThat(tree)
                .isEqualTo(new UsersetTree.Union(
                        "tool:pay#can_call",
                        List.of(
                                new UsersetTree.Users("tool:pay#can_call", List.of("user:ann")),
                                new UsersetTree.TupleToUserset(
                                        "tool:pay#can_call", "tool:pay#parent", List.of("tool:all#can_call")))));
        assertThat(engine.view().expand("tool:pay", "may", List.of())).isInstanceOf(UsersetTree.Difference.class);
        assertThatThrownBy(() -> engine.view().expand("", "may", List.of()))
                .hasMessageContaining("invalid_expand_input");
    }

    @Test
    void case32_anExponentialWalkEndsAtOnce() {
        List<String> tuples = new ArrayList<>();
        for (int level = 0; level < 20; level++) {
            for (String from : List.of("a", "b")) {
                for (String to : List.of("a", "b")) {
                    tuples.add("team:" + from + level + "#member@team:" + to + (level + 1) + "#member");
                }
            }
        }
        EmbeddedEngine diamonds = Engines.of(MODEL, tuples.toArray(String[]::new));
        long start = System.nanoTime();
        assertThat(allows(diamonds, "team:a0#member@user:ann")).isFalse();
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    }
}
