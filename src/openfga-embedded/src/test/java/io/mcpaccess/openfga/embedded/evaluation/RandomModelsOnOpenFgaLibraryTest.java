package io.mcpaccess.openfga.embedded.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.model.Rewrite;
import io.mcpaccess.openfga.embedded.model.TypeRestriction;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.testing.LanguageProgram;
import io.mcpaccess.openfga.testing.OpenFgaLibrary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The relations that we say OpenFGA's weighted graph has no place for are those that its graph builder refuses.
 * {@code -Dopenfga.models=20000 -Dopenfga.seed=7} asks more, or other ones.
 */
@ExtendWith(OpenFgaLibrary.class)
class RandomModelsOnOpenFgaLibraryTest {

    @Test
    void theGraphRefusesTheRelationsThatWeRemarkOn(LanguageProgram openfga) {
        long seed = Long.getLong("openfga.seed", 1);
        RandomModels random = new RandomModels(new Random(seed));
        List<JsonNode> asked = new ArrayList<>();
        List<AuthorizationModel> models = new ArrayList<>();
        int wanted = Integer.getInteger("openfga.models", 400);
        while (models.size() < wanted) {
            JsonNode next = random.next();
            read(next).ifPresent(model -> {
                asked.add(next);
                models.add(model);
            });
        }
        List<JsonNode> answers = openfga.place(asked);
        List<String> different = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < wanted; i++) {
            refused += answers.get(i).get("accepted").asBoolean() ? 0 : 1;
            compare(asked.get(i), models.get(i), answers.get(i), different);
        }
        assertThat(different).as("with -Dopenfga.seed=%d", seed).isEmpty();
        assertThat(refused).as("models of either kind").isBetween(wanted / 10, wanted * 9 / 10);
    }

    private static Optional<AuthorizationModel> read(JsonNode model) {
        try {
            return Optional.of(ModelReader.fromJson(model.toString()));
        } catch (InvalidModelException e) {
            return Optional.empty();
        }
    }

    private static void compare(JsonNode json, AuthorizationModel model, JsonNode answer, List<String> different) {
        List<ModelRemark> remarks = ModelPlan.compile(model, new Symbols()).remarks();
        answer.get("relations").properties().forEach(each -> {
            String[] name = each.getKey().split("#");
            Set<String> below = new HashSet<>();
            collect(model, name[0], name[1], below);
            List<ModelRemark> ours = remarks.stream()
                    .filter(remark -> below.contains(remark.type() + "#" + remark.relation()))
                    .toList();
            String theirs = each.getValue().asText();
            if (!theirs.equals("unsure") && theirs.equals("placed") != ours.isEmpty()) {
                different.add(
                        "OpenFGA " + theirs + " " + each.getKey() + ", we " + ours + " of " + remarks + ": " + json);
            }
        });
    }

    /** All relations that one refers to, directly or not. */
    private static void collect(AuthorizationModel model, String type, String relation, Set<String> found) {
        model.relation(type, relation).ifPresent(definition -> {
            if (found.add(type + "#" + relation)) {
                operands(definition.rewrite()).forEach(rule -> {
                    if (rule instanceof Rewrite.Direct) {
                        for (TypeRestriction direct : definition.directTypes()) {
                            direct.relation().ifPresent(of -> collect(model, direct.type(), of, found));
                        }
                    } else if (rule instanceof Rewrite.Computed computed) {
                        collect(model, type, computed.relation(), found);
                    } else if (rule instanceof Rewrite.TupleToUserset from) {
                        for (TypeRestriction parent : model.relation(type, from.tupleset())
                                .orElseThrow()
                                .directTypes()) {
                            collect(model, parent.type(), from.relation(), found);
                        }
                    }
                });
            }
        });
    }

    private static Stream<Rewrite> operands(Rewrite rule) {
        if (rule instanceof Rewrite.Union union) {
            return union.operands().stream().flatMap(RandomModelsOnOpenFgaLibraryTest::operands);
        }
        if (rule instanceof Rewrite.Intersection intersection) {
            return intersection.operands().stream().flatMap(RandomModelsOnOpenFgaLibraryTest::operands);
        }
        if (rule instanceof Rewrite.Exclusion exclusion) {
            return Stream.of(exclusion.base(), exclusion.subtract())
                    .flatMap(RandomModelsOnOpenFgaLibraryTest::operands);
        }
        return Stream.of(rule);
    }
}
