package io.mcpaccess.openfga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The largest conditions that a real OpenFGA takes are taken, and no larger ones. */
@ExtendWith(OpenFgaServer.class)
class ModelLimitsOnOpenFgaTest {

    @ParameterizedTest(name = "{0} conditions, {1} parameters, {2} bytes")
    @CsvSource({"25,1,9,true", "26,1,9,false", "1,25,9,true", "1,26,9,false", "1,1,512,true", "1,1,513,false"})
    void takesTheModelsThatTheServerTakes(
            int conditions, int parameters, int bytes, boolean taken, OpenFgaStores stores) {
        String model = model(conditions, parameters, bytes);

        assertThat(isTakenBy(() -> stores.createStore(model))).isEqualTo(taken);
        assertThat(isTakenBy(() -> ModelReader.fromDsl(model))).isEqualTo(taken);
    }

    private static boolean isTakenBy(Runnable reader) {
        try {
            reader.run();
            return true;
        } catch (InvalidModelException e) {
            assertThat(e).hasMessageContaining("at most");
            return false;
        } catch (IllegalArgumentException e) {
            assertThat(e.getCause()).message().containsPattern("at most|no more than");
            return false;
        }
    }

    private static String model(int conditions, int parameters, int bytes) {
        String declared = IntStream.range(0, parameters)
                .mapToObj(each -> "p" + each + ": string")
                .collect(Collectors.joining(", "));
        String expression = "p0 == '" + "x".repeat(bytes - 8) + "'";
        String named = IntStream.range(0, conditions)
                .mapToObj(each -> "user with cond" + each)
                .collect(Collectors.joining(", "));
        String defined = IntStream.range(0, conditions)
                .mapToObj(each -> "condition cond" + each + "(" + declared + ") {\n  " + expression + "\n}\n")
                .collect(Collectors.joining());
        return "model\n  schema 1.1\ntype user\ntype doc\n  relations\n    define a: [" + named + "]\n" + defined;
    }
}
