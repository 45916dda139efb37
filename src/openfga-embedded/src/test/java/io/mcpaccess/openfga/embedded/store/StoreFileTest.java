package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFileTest {

    private static final String MODEL = """
        model
          schema 1.1
        type user
        type tool
          relations
            define reader: [user, user with weekday]
        condition weekday(day: int) {
          day < 6
        }
        """;

    private static final StoredTuple ALICE = StoredTuple.of(new TupleKey("user:alice", "reader", "tool:t"));

    @TempDir
    private Path directory;

    private final Set<String> named = new HashSet<>();

    @Test
    void readsModelAndTuplesInOneFile() throws IOException {
        SourceImage image = read("name: tools\nmodel: |\n" + MODEL.indent(2) + """
            tuples:
              - user: user:alice
                relation: reader
                object: tool:t
              - {user: "user:bob", relation: reader, object: "tool:t", condition: {name: weekday, context: {day: 3}}}
            tests:
              - name: whatever stands here
            """);
        assertThat(image.base().name()).isEqualTo("tools");
        assertThat(tuples(image))
                .containsExactly(
                        ALICE,
                        new StoredTuple(
                                new TupleKey("user:bob", "reader", "tool:t"),
                                Optional.of(new StoredTuple.Condition("weekday", Map.of("day", 3)))));
    }

    @Test
    void aListAsToolsWriteItIsReadToItsEnd() throws IOException {
        String item = "  - user: user:%s\n    relation: reader\n    object: tool:t\n";
        String weekday = "    condition:\n      name: weekday\n      context:\n        day: 3\n";
        String list = item.formatted("alice")
                + item.formatted("bob")
                + weekday
                + item.formatted("carol")
                + item.formatted("alice");
        assertThat(tuples(read("model: |\n" + MODEL.indent(2) + "tuples:\n" + list)))
                .extracting(tuple -> tuple.key().user() + tuple.condition().map(StoredTuple.Condition::name))
                .containsExactly("user:aliceOptional.empty", "user:bobOptional[weekday]", "user:carolOptional.empty");
        assertThatThrownBy(() -> read("model: |\n" + MODEL.indent(2) + "tuples:\n" + list.replace("bob", "b#b")))
                .hasMessageContaining("line 15, column 5");
    }

    @Test
    void aMemberWithNothingBehindItIsAsIfItWereNotThere() throws IOException {
        String model = "model: |\n" + MODEL.indent(2);
        String tuple = "tuples:\n  - user: user:alice\n    relation: reader\n    object: tool:t\n";
        assertThat(tuples(read(model + "tuples:   # none yet\n"))).isEmpty();
        assertThat(tuples(read(model + tuple + "    condition:\n"))).containsExactly(ALICE);
        assertThat(tuples(read(model + tuple + "    condition:\n      name: weekday\n      context:\n")))
                .extracting(each -> each.condition().orElseThrow())
                .containsExactly(new StoredTuple.Condition("weekday", Map.of()));
        assertThatThrownBy(() -> read(model + tuple + "    condition: \"\"\n"))
                .hasMessageContaining("a condition has a name");
    }

    @Test
    void passesOverTestsOfToolCalls() throws IOException {
        String tests = "mcp_servers: [{name: billing}]\nmcp_tests:\n- calls: [{tool: pay}]\n";
        String tuple = "tuples:\n- {user: user:alice, relation: reader, object: tool:t}\n";

        assertThat(tuples(read(tests + "model: |\n" + MODEL.indent(2) + tuple))).containsExactly(ALICE);
    }

    @Test
    void readsModelAndTuplesFromFilesBesideIt() throws IOException {
        write("model.fga", MODEL);
        write("a.json", "[{\"user\":\"user:a\",\"relation\":\"reader\",\"object\":\"tool:t\"}]");
        write(
                "b.jsonl",
                "{\"user\":\"user:b\",\"relation\":\"reader\",\"object\":\"tool:t\"}\n"
                        + "{\"user\":\"user:c\",\"relation\":\"reader\",\"object\":\"tool:t\"}\n");
        write(
                "c.yaml",
                "- {user: user:a, relation: reader, object: tool:t}\n"
                        + "- {user: user:d, relation: reader, object: tool:t}");
        SourceImage image = read("tuple_file: a.json\ntuple_files: [b.jsonl, c.yaml]\nmodel_file: ./model.fga\n");
        assertThat(tuples(image))
                .extracting(tuple -> tuple.key().user())
                .containsExactly("user:a", "user:b", "user:c", "user:d");
        assertThat(image.base().files())
                .extracting(LogEntry.SourceFile::name)
                .containsExactlyInAnyOrder("store.fga.yaml", "./model.fga", "a.json", "b.jsonl", "c.yaml");
    }

    @Test
    void readsTuplesFromCsv() throws IOException {
        write("t.csv", """
            user_type,user_id,user_relation,relation,object_type,object_id,condition_name,condition_context
            user,alice,,reader,tool,t,,

            user,"b""o,b",,reader,tool,t,weekday,"{""day"": 1}"
            """);
        assertThat(tuples(read("tuple_file: t.csv\nmodel: |\n" + MODEL.indent(2))))
                .containsExactly(
                        ALICE,
                        new StoredTuple(
                                new TupleKey("user:b\"o,b", "reader", "tool:t"),
                                Optional.of(new StoredTuple.Condition("weekday", Map.of("day", 1)))));
        write("t.csv", "user_type,user_id,relation,object_type,object_id\nuser,alice,reader,tool\n");
        assertThatThrownBy(() -> read("tuple_file: t.csv\nmodel: |\n" + MODEL.indent(2)))
                .hasMessageContaining("t.csv, line 2: the line has 4 values")
                .hasMessageEndingWith("\n    user,alice,reader,tool");
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        Files.write(directory.resolve("store.fga.yaml"), new byte[] {'n', ':', ' ', (byte) 0xC3, '('});
        assertThatThrownBy(() ->
                        SourceImage.read(new StoreFileReader(), new StoreFiles(directory, "store.fga.yaml"), named))
                .isInstanceOf(StoreFileException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void readsAQuotedValueOfCsvThatGoesOverLines() throws IOException {
        String head =
                "user_type,user_id,user_relation,relation,object_type,object_id,condition_name,condition_context\n";
        write(
                "t.csv",
                head + "user,bob,,reader,tool,t,weekday,\"{\n\"\"day\"\": 1\n}\"\nuser,alice,,reader,tool,t,,\n");
        String store = "tuple_file: t.csv\nmodel: |\n" + MODEL.indent(2);
        assertThat(tuples(read(store)))
                .containsExactly(
                        new StoredTuple(
                                new TupleKey("user:bob", "reader", "tool:t"),
                                Optional.of(new StoredTuple.Condition("weekday", Map.of("day", 1)))),
                        ALICE);
        write("t.csv", head + "user,bob,,reader,tool,t,weekday,\"{\n}\"\nuser,alice,,riter,tool,t,,\n");
        assertThatThrownBy(() -> read(store)).hasMessageStartingWith("t.csv, line 4");
        write("t.csv", head + "user,\"alice,,reader,tool,t,,\n");
        assertThatThrownBy(() -> read(store)).hasMessageContaining("line 2: a quote is opened in this record");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tuples:   # none yet", "tuple_files:", "tests:", "tuples:\ntuple_files:\ntests:\n"})
    void readsAMemberWithNothingBehindItAsEmpty(String member) throws IOException {
        assertThat(tuples(read("model: |\n" + MODEL.indent(2) + member))).isEmpty();
    }

    @Test
    void readsAFileWithAByteOrderMark() throws IOException {
        write("m.fga", "\uFEFF" + MODEL);
        write("t.csv", "\uFEFFuser_type,user_id,relation,object_type,object_id\nuser,alice,reader,tool,t\n");
        assertThat(tuples(read("\uFEFFmodel_file: m.fga\ntuple_file: t.csv\n"))).containsExactly(ALICE);
    }

    @Test
    void saysTheLineWhereAnotherEncodingBegins() throws IOException {
        Files.write(
                directory.resolve("m.fga"), ("# one\n# M\u00FCller\n" + MODEL).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read("model_file: m.fga\n"))
                .hasMessageStartingWith("m.fga, line 2, column 4: the file is not UTF-8 text")
                .hasMessageContaining("Latin-1");
        Files.write(directory.resolve("m.fga"), MODEL.getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> read("model_file: m.fga\n"))
                .hasMessageStartingWith("m.fga, line 1: the file is UTF-16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"module core\n", "# ours\n\nmodule core\n"})
    void refusesTheFileOfAModule(String head) throws IOException {
        write("m.fga", head + "type user\n");
        long line = head.lines().count();
        assertThatThrownBy(() -> read("model_file: m.fga\n"))
                .hasMessageStartingWith("m.fga, line " + line + ", column 1: this is the file of module \"core\"");
    }

    @Test
    void refusesToExtendATypeInAWholeModel() {
        assertThatThrownBy(() -> read("model: |\n" + (MODEL + "extend type tool\n").indent(2)))
                .hasMessageContaining("column 3: \"extend type tool\" stands in modules only");
    }

    @Test
    void checksTuplesThatStandBeforeTheModel() throws IOException {
        String tuples = "tuples:\n  - {user: user:alice, relation: reader, object: tool:t}\n";
        assertThat(tuples(read(tuples + "model: |\n" + MODEL.indent(2)))).containsExactly(ALICE);
        assertThatThrownBy(() -> read(tuples.replace("reader", "riter") + "model: |\n" + MODEL.indent(2)))
                .hasMessageStartingWith("store.fga.yaml, line 2, column 5: ");
    }

    @Test
    void givesAModelTheSameIdWheneverItSaysTheSame() throws IOException {
        String id = read("model: |\n" + MODEL.indent(2)).base().modelId();
        assertThat(id).matches("[0-7][0-9A-HJKMNP-TV-Z]{25}");
        assertThat(read("name: x\nmodel: |\n" + ("# comment\n" + MODEL).indent(4))
                        .base()
                        .modelId())
                .isEqualTo(id);
        assertThat(read("model: |\n" + MODEL.replace("day < 6", "day < 5").indent(2))
                        .base()
                        .modelId())
                .isNotEqualTo(id);
    }

    static Stream<Arguments> faults() {
        String model = "model: |\n" + MODEL.indent(2);
        return Stream.of(
                arguments(", line 2, column 1: there is no file \"gone.fga\"", "name: x\nmodel_file: gone.fga\n"),
                arguments(", line 2, column 1: a store file has no \"tupels\"", "name: x\ntupels: []\n"),
                arguments(", line 2, column 5: Duplicate field 'name'", "name: x\nname: y\n"),
                arguments(", line 1, column 7: name must be text", "name: 5\n"),
                arguments(", line 12, column 3: a tuple is expected here", model + "tuples:\n- alice\n"),
                arguments(
                        ", line 12, column 3: the tuple has no object",
                        model + "tuples:\n- {user: user:a, relation: reader}\n"),
                arguments(
                        ", line 12, column 10: user must be text",
                        model + "tuples:\n- {user: 7, relation: reader, object: tool:t}\n"),
                arguments(
                        ", line 12, column 18: a tuple has user, relation, object and condition, no \"relatoin\"",
                        model + "tuples:\n- {user: user:a, relatoin: reader, object: tool:t}\n"),
                arguments(
                        ", line 12, column 3: Invalid tuple 'tool:t#riter@user:a'",
                        model + "tuples:\n- {user: user:a, relation: riter, object: tool:t}\n"),
                arguments(
                        ", line 13, column 3: the same tuple is there with another condition",
                        model + "tuples:\n- {user: user:a, relation: reader, object: tool:t}\n"
                                + "- {user: user:a, relation: reader, object: tool:t, condition: {name: weekday}}\n"),
                arguments(
                        ", line 2, column 3: there is no model",
                        "tuples:\n- {user: user:a, relation: reader, object: tool:t}\n"),
                arguments(", line 3, column 1: ", "name: x\nmodel: |\nmodel\n  schema 1.1\n"),
                arguments(": \"../x.json\" is not in the store's directory", model + "tuple_file: ../x.json\n"),
                arguments("tuples are read from .yaml, .json, .jsonl and .csv", model + "tuple_file: x.txt\n"),
                arguments("there is no file \"fga.mod\"", "model_file: fga.mod\n"),
                arguments("keep model or model_file", model + "model_file: m.fga\n"),
                arguments(", line 12: a tab stands before the text", model + "tuples:\n\t- {user: user:a}\n"),
                arguments(": this is not YAML", model + "tuples: [\n"),
                arguments("the file is empty", ""),
                arguments("this is no store file", "- a\n- b\n"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysWhereAFaultIs(String expected, String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(StoreFileException.class)
                .hasMessageStartingWith("store.fga.yaml")
                .hasMessageContaining(expected);
    }

    @Test
    void saysWhereInTheStoreFileTheModelIsWrong() {
        String wrong = "name: x\nmodel: |\n"
                + MODEL.replace("reader: [user,", "reader: [nobody,").indent(2);
        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(StoreFileException.class)
                .hasMessageStartingWith("store.fga.yaml, line 8, column")
                .hasMessageContaining("nobody");
    }

    @Test
    void saysWhereInTheModelFileTheModelIsWrong() throws IOException {
        write("m.fga", MODEL.replace("define reader:", "define reader"));
        assertThatThrownBy(() -> read("model_file: m.fga\n"))
                .isInstanceOf(StoreFileException.class)
                .hasMessageStartingWith("m.fga, line 6, column")
                .hasMessageNotContainingAny("mismatched", "extraneous", "expecting", "viable");
        assertThat(named).containsExactlyInAnyOrder("store.fga.yaml", "m.fga");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "../store.yaml", "a/b.yaml", "/etc/passwd", "store.log", ".yaml", "a b.yaml", "..\\x.yaml"})
    void acceptsNoPathAsTheNameOfAStore(String name) {
        assertThatThrownBy(() -> new StoreFiles(directory, name)).hasMessageContaining("mcp.embedded.dir");
    }

    private SourceImage read(String text) throws IOException {
        write("store.fga.yaml", text);
        return SourceImage.read(new StoreFileReader(), new StoreFiles(directory, "store.fga.yaml"), named);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static List<StoredTuple> tuples(SourceImage image) {
        TupleSnapshot snapshot = image.table().current();
        List<StoredTuple> tuples = new ArrayList<>();
        for (int row = snapshot.nextRow(0); row != 0; row = snapshot.nextRow(row)) {
            tuples.add(snapshot.tuple(row));
        }
        return tuples;
    }
}
