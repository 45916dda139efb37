package io.mcpaccess.amctl.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.amctl.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameTuplesTest {

    private static final String PLAIN = "- user: user:alice\n  relation: can_call\n  object: tool:pay\n";
    private static final String UP_TO = "  condition: {name: up_to, context: {limit: %s}}\n";

    @TempDir
    private Path directory;

    @Test
    void equalTuplesAreOne() throws IOException {
        Path file = file(PLAIN + PLAIN + PLAIN.replace("alice", "bob"));
        assertThat(TupleFiles.tuples(file, List.of())).hasSize(2);
    }

    @Test
    void valuesAreComparedNotHowTheyAreWritten() throws IOException {
        Path file = file(PLAIN + UP_TO.formatted("10") + PLAIN + UP_TO.formatted("10.0"));
        assertThat(TupleFiles.tuples(file, List.of())).hasSize(1);
    }

    @Test
    void attack_aSecondTupleDoesNotTakeTheConditionAway() throws IOException {
        Path file = file("# grants\n" + PLAIN + UP_TO.formatted("10") + PLAIN);
        assertThatThrownBy(() -> TupleFiles.tuples(file, List.of()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("lines 2 and 6: the tuple user:alice can_call tool:pay stands there twice")
                .hasMessageContaining("tuples number 1 and 2");
    }

    @Test
    void linesAreThoseOfAStoreFileToo() throws IOException {
        Path file = file("name: s\nmodel_file: m.fga\ntuples:\n" + PLAIN + UP_TO.formatted("10") + PLAIN
                + UP_TO.formatted("20"));
        assertThatThrownBy(() -> TupleFiles.tuples(file, TupleFiles.read(file).path("tuples")))
                .hasMessageContaining("lines 4 and 8");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tuples.yaml"), text);
    }
}
