package io.mcpaccess.openfga.embedded.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.openfga.embedded.condition.ConditionDefinition;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.testing.LanguageProgram;
import io.mcpaccess.openfga.testing.OpenFgaLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Files of a model in modules are refused where OpenFGA's own library refuses them, and otherwise are the model that it
 * makes of them. {@code -Dopenfga.models=20000 -Dopenfga.seed=7} asks more, or other ones.
 */
@ExtendWith(OpenFgaLibrary.class)
class RandomModulesOnOpenFgaLibraryTest {

    private static final Pattern EXTENDED = Pattern.compile("(?m)^\\s*extend\\s+type\\s+(\\w+)");

    @Test
    void modulesAreJoinedAsOpenFgaJoinsThem(LanguageProgram openfga) {
        long seed = Long.getLong("openfga.seed", 1);
        RandomModules random = new RandomModules(new Random(seed));
        List<Map<String, String>> models = new ArrayList<>();
        for (int i = Integer.getInteger("openfga.models", 800); i > 0; i--) {
            models.add(random.next());
        }
        List<JsonNode> answers = openfga.join(models);
        List<String> different = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < models.size(); i++) {
            Verdict theirs = theirs(answers.get(i));
            Verdict ours = ours(models.get(i));
            taken += ours.model().isPresent() ? 1 : 0;
            if (!ours.model().equals(theirs.model()) && !definesWhatItExtends(models.get(i))) {
                different.add("OpenFGA: " + theirs + "\nwe: " + ours + "\n" + models.get(i));
            }
        }
        assertThat(different).as("with -Dopenfga.seed=%d", seed).isEmpty();
        assertThat(taken).as("models of either kind").isBetween(models.size() / 10, models.size() * 9 / 10);
    }

    /**
     * What became of some files.
     *
     * @param model its types and conditions as JSON; empty where they were refused, or the model breaks a rule
     * @param reason of a refusal; null otherwise
     */
    private record Verdict(Optional<Map<String, String>> model, String reason) {

        static Verdict of(AuthorizationModel model) {
            Map<String, String> texts = new TreeMap<>();
            model.types()
                    .forEach((name, type) -> texts.put("type " + name, new TreeMap<>(type.relations()).toString()));
            model.conditions().forEach((name, condition) -> texts.put("condition " + name, words(condition)));
            return new Verdict(Optional.of(texts), null);
        }

        /** The library leaves the blanks before a comment in an expression. */
        private static String words(ConditionDefinition condition) {
            return condition.parameters() + " " + condition.expression().strip();
        }

        static Verdict refused(String reason) {
            return new Verdict(Optional.empty(), reason);
        }
    }

    /**
     * A file that both defines and extends a type: the library takes the definition for one more extension where another
     * file defines the type too. A type that is defined twice is refused here all the same.
     */
    private static boolean definesWhatItExtends(Map<String, String> files) {
        return files.values().stream()
                .anyMatch(text -> EXTENDED.matcher(text)
                        .results()
                        .anyMatch(extended -> Pattern.compile("(?m)^\\s*type\\s+" + extended.group(1) + "\\b")
                                .matcher(text)
                                .find()));
    }

    /** The rules of OpenFGA's server come behind its library: it stores a joined model like any other. */
    private static Verdict theirs(JsonNode answer) {
        if (!answer.get("accepted").asBoolean()) {
            return Verdict.refused(answer.get("error").asText());
        }
        try {
            return Verdict.of(ModelReader.fromJson(answer.get("model").toString()));
        } catch (InvalidModelException e) {
            return Verdict.refused("the model: " + e.getMessage());
        }
    }

    private static Verdict ours(Map<String, String> files) {
        ModularModel joined = ModularModel.of(files.entrySet().stream()
                .map(file -> new ModularModel.Part(file.getKey(), file.getValue()))
                .toList());
        try {
            joined.check();
            return Verdict.of(ModelReader.fromDsl(joined.text()));
        } catch (InvalidModelException e) {
            return Verdict.refused(e.getMessage());
        }
    }
}
