package io.mcpaccess.amctl.permtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.amctl.Amctl;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code amctl lint} as a pipeline calls it. */
class LintRunTest {

    private static final String TYPES = """
            type user
            type folder
              relations
                define parent: [folder]
                define blocked: [user]
            """;
    private static final String CLEAN = "    define reader: [user] but not blocked\n";
    private static final String CIRCLE = "    define reader: ([user] or reader from parent) but not blocked\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aCleanModelIsSaidToBe() throws IOException {
        Path model = write("model.fga", "model\n  schema 1.1\n" + TYPES + CLEAN);
        assertThat(lint(model)).isZero();
        assertThat(out).hasToString(model + ": nothing to mend\n");
    }

    @Test
    void theRelationIsNamedInAStoreFileAndInModules() throws IOException {
        Path store = write("s.yaml", "model: |\n" + ("model\n  schema 1.1\n" + TYPES + CIRCLE).indent(2));
        write("core.fga", "module core\n" + TYPES + CIRCLE);
        Path modules = write("fga.mod", "schema: '1.2'\ncontents: [core.fga]\n");
        assertThat(lint(store, modules)).isEqualTo(10);
        assertThat(out.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(store + ": folder#reader: \"and\" or \"but not\" stands in a circle"))
                .anyMatch(line -> line.startsWith(modules + ": folder#reader: "));
    }

    @Test
    void inJsonEachRemarkHasItsKind() throws IOException {
        Path model = write("model.fga", "model\n  schema 1.1\n" + TYPES + CIRCLE);
        assertThat(run("lint", "--json", model.toString())).isEqualTo(10);
        JsonNode remark = new ObjectMapper().readTree(out.toString()).at("/0/remarks/0");
        assertThat(remark.path("kind").asText()).isEqualTo("operator_in_circle");
        assertThat(remark.path("relation").asText()).isEqualTo("reader");
    }

    @Test
    void aFileThatIsNoModelIsToldWithItsLine() throws IOException {
        assertThat(lint(write("model.fga", "model\n  schema 1.1\ntype user\n  relation\n")))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("model.fga, line 4, column");
        assertThat(lint(folder.resolve("gone.fga"))).isEqualTo(2);
        assertThat(err.toString()).contains("gone.fga");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int lint(Path... files) {
        return run(Stream.concat(Stream.of("lint"), Arrays.stream(files).map(Path::toString))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Amctl.run(List.of(arguments), Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
