package io.mcpaccess.engine.embedded.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpaccess.engine.backend.StoredTuple;
import io.mcpaccess.engine.embedded.Engines;
import io.mcpaccess.engine.embedded.StoreContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileReaderTest {

    private static final String MODEL = """
            model
              schema 1.1
            type user
            type tool
              relations
                define can_call: [user, user with small]
            condition small(size: int, tags: list<string>) {
              size < 10 && "x" in tags
            }
            """;

    @TempDir
    Path directory;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private StoreFileException fault(String text) throws IOException {
        Path file = write("store.fga.yaml", text);
        return catchThrowableOfType(StoreFileException.class, () -> StoreFileReader.read(file));
    }

    private static String inline(String tuples) {
        return "name: demo\nmodel: |\n" + MODEL.indent(2) + tuples;
    }

    @Test
    void readsModelAndTuplesFromOneFile() throws IOException {
        StoreContent content = StoreFileReader.read(write("store.fga.yaml", inline("""
                tuples:
                  - user: user:ann
                    relation: can_call
                    object: tool:pay
                  - {user: "user:bob", relation: can_call, object: "tool:pay", condition: {name: small, context: {size: 3, tags: [x, y]}}}
                tests:
                  - anything: goes
                """)));
        assertThat(content.name()).isEqualTo("demo");
        assertThat(content.tuples()).hasSize(2).contains(Engines.tuple("tool:pay#can_call@user:ann"));
        StoredTuple.Condition condition = content.tuples().get(1).condition().orElseThrow();
        assertThat(condition.context()).isEqualTo(Map.of("size", 3L, "tags", List.of("x", "y")));
    }

    @Test
    void readsModelAndTuplesFromFilesBesideIt() throws IOException {
        write("model.fga", MODEL);
        write("tuples.json", "[{\"user\":\"user:ann\",\"relation\":\"can_call\",\"object\":\"tool:pay\"}]");
        write("more.csv", """
                user_type,user_id,relation,object_type,object_id,condition_name,condition_context
                user,bob,can_call,tool,pay,small,"{""size"": 1}"
                """);
        StoreContent content = StoreFileReader.read(
                write("store.fga.yaml", "model_file: ./model.fga\ntuple_file: tuples.json\ntuple_files: [more.csv]\n"));
        assertThat(content.tuples()).hasSize(2);
        assertThat(content.name()).isEqualTo("store.fga.yaml");
    }

    @Test
    void theSameModelHasTheSameIdOnEveryNode() throws IOException {
        StoreContent first = StoreFileReader.read(write("a.fga.yaml", inline("")));
        StoreContent second = StoreFileReader.read(write("b.fga.yaml", inline("tuples: []\n")));
        StoreContent other = StoreFileReader.read(write("c.fga.yaml", inline("").replace("can_call", "can_use")));
        assertThat(first.models().get(0).id()).isEqualTo(second.models().get(0).id());
        assertThat(first.models().get(0).id())
                .matches("[0-9A-HJKMNP-TV-Z]{26}")
                .isNotEqualTo(other.models().get(0).id());
    }

    @Test
    void saysWhereTheModelIsWrong() throws IOException {
        StoreFileException syntax = fault(inline("").replace("define can_call: [user", "define can_call [user"));
        assertThat(syntax.line()).isEqualTo(8);
        assertThat(syntax).hasMessageContaining("line 8, column").hasMessageContaining("define can_call [user");

        StoreFileException meaning = fault(inline("").replace("[user,", "[usr,"));
        assertThat(meaning.line()).isEqualTo(8);
        assertThat(meaning.column()).isGreaterThan(8);
        assertThat(meaning).hasMessageContaining("usr").hasMessageContaining("define can_call: [usr,");

        StoreFileException expression = fault(inline("").replace("size < 10", "size < "));
        assertThat(expression).hasMessageContaining("small");
    }

    @Test
    void saysWhichLineOfAModelFileIsWrong() throws IOException {
        write("model.fga", MODEL.replace("define can_call: [user,", "define can_call: [usr,"));
        StoreFileException fault = fault("model_file: model.fga\n");
        assertThat(fault.file().getFileName()).hasToString("model.fga");
        assertThat(fault.line()).isEqualTo(6);
    }

    @Test
    void saysWhichTupleIsWrong() throws IOException {
        StoreFileException unknown = fault(inline("""
                tuples:
                  - {user: "user:ann", relation: can_call, object: "tool:pay"}
                  - {user: "user:ann", relation: can_fly, object: "tool:pay"}
                """));
        assertThat(unknown.line()).isEqualTo(14);
        assertThat(unknown).hasMessageContaining("can_fly");

        StoreFileException twice = fault(inline("""
                tuples:
                  - {user: "user:ann", relation: can_call, object: "tool:pay"}
                  - {user: "user:ann", relation: can_call, object: "tool:pay"}
                """));
        assertThat(twice).hasMessageContaining("line 14").hasMessageContaining("first at line 13");

        StoreFileException incomplete = fault(inline("tuples:\n  - {user: \"user:ann\", relation: can_call}\n"));
        assertThat(incomplete).hasMessageContaining("line 13, column 5").hasMessageContaining("no object");

        StoreFileException type = fault(inline("""
                tuples:
                  - user: user:ann
                    relation: can_call
                    object: tool:pay
                    condition: {name: small, context: {size: large}}
                """));
        assertThat(type.line()).isEqualTo(13);
        assertThat(type).hasMessageContaining("size").hasMessageNotContaining("'large'");
    }

    @Test
    void saysWhatIsNoStoreFile() throws IOException {
        assertThat(fault("")).hasMessageContaining("empty");
        assertThat(fault("name: x\n")).hasMessageContaining("no model").hasMessageContaining("model_file");
        assertThat(fault("modle: x\n")).hasMessageContaining("line 1, column 1").hasMessageContaining("'modle'");
        assertThat(fault("name: [x\n").line()).isEqualTo(2);
        assertThat(fault("model_file: nowhere.fga\n")).hasMessageContaining("no such file");
        assertThat(fault(inline("tuples: 5\n"))).hasMessageContaining("must be a list");
        assertThat(fault("name: a\nname: b\n")).hasMessageContaining("twice").hasMessageContaining("line 2");
        assertThat(fault(inline("tuple_file: tuples.txt\n"))).hasMessageContaining(".csv");
    }
}
