package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpaccess.openfga.StoredTuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** What is read line by line is what the reader of YAML reads, faults and places included; what is not plain is left to it. */
class PlainTuplesTest {

    private static final String HEAD = "name: tools\nmodel: |\n  model\n    schema 1.1\n  type user\n";
    private static final String ITEM = "  - user: user:alice\n    relation: reader\n    object: tool:t\n";
    private static Path directory;

    @BeforeContainer
    static void makeRoom() throws IOException {
        directory = Files.createTempDirectory("plain-tuples");
    }

    @AfterContainer
    static void clearRoom() throws IOException {
        Files.deleteIfExists(directory.resolve("t.yaml"));
        Files.deleteIfExists(directory.resolve("store.fga.yaml"));
        Files.delete(directory);
    }

    @Example
    void whatToolsWriteIsPlain() {
        assertThat(isPlain(HEAD + "tuples:\n" + ITEM + ITEM)).isTrue();
        assertThat(isPlain("# mine\n" + HEAD + "\ntuples:\n# who\n" + ITEM.indent(2) + "\n" + ITEM.indent(2)))
                .isTrue();
        assertThat(isPlain(HEAD + "tuples:\n" + ITEM + ITEM + "    condition:\n      name: weekday\n      context:\n"
                        + "        day: 3\n" + ITEM + "tests:\n  - name: x\n"))
                .isTrue();
        assertThat(isPlain((HEAD + "tuples:\n" + ITEM + ITEM).replace("\n", "\r\n")))
                .isTrue();
        assertThat(isPlain("model_file: m.fga\ntuples:\n"
                        + "- object: \"tool:t\"\n  user: 'user:alice'\n  relation: reader\n".repeat(2)))
                .isTrue();
        assertThat(isPlain(HEAD + "tuples:\n" + ITEM + ITEM.replace("alice", "жанна")))
                .isTrue();
    }

    @Example
    void whateverIsMoreThanPlainIsNone() {
        assertThat(isPlain("name: 'a\n\ntuples:\n" + ITEM + ITEM + "'\n")).isFalse();
        assertThat(isPlain(HEAD + "tests: [\ntuples:\n" + ITEM + ITEM + "]\n")).isFalse();
        assertThat(isPlain(HEAD + "tuples:\n" + ITEM + ITEM + "    object: tool:t\n"))
                .isFalse();
        assertThat(isPlain(HEAD + "tuples:\n" + ITEM + ITEM + "- x\n")).isFalse();
        assertThat(isPlain(HEAD + "tuples:\n" + ITEM + ITEM + "---\n")).isFalse();
        assertThat(isPlain(HEAD + "tuples:\n" + ITEM + ITEM.replace("reader", "true")))
                .isFalse();
        assertThat(isPlain(HEAD + "tuples:\n" + ITEM + ITEM.replace("reader", "reader\n      more")))
                .isFalse();
        assertThat(isPlain(HEAD + "tuples:\n" + ITEM + ITEM + "    condition: {name: weekday\n" + ITEM))
                .isFalse();
        assertThat(isPlain(HEAD + "tuples:\n")).isFalse();
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void bothReadersSayTheSame(@ForAll("stores") String text) throws IOException {
        String other = text.lines()
                .map(line -> line.equals("tuples:") ? "tuples: #" : line)
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(isPlain(other)).as("the comment is for the reader of YAML").isFalse();
        Statistics.label("plain").collect(isPlain(text));

        assertThat(readings(text)).isEqualTo(readings(other));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void bothReadersSayTheSameOfAFileOfTuples(@ForAll("lists") String text) throws IOException {
        String store = "tuple_file: t.yaml\n";
        Files.writeString(directory.resolve("t.yaml"), text);
        List<String> fast = readings(store);
        // A comment that is no plain text is for the reader of YAML.
        Files.writeString(directory.resolve("t.yaml"), text.replaceFirst("# e", "# \u00e9"));

        assertThat(fast).isEqualTo(readings(store));
    }

    @Provide
    Arbitrary<String> stores() {
        Arbitrary<String> heads = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.just(HEAD)),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                "",
                                "# mine\n" + HEAD,
                                HEAD + "\n   \n",
                                HEAD + " x\n",
                                "name: 'a\n\ntuples:\n'\n",
                                "name: a\n  b\n",
                                "tests: [\n",
                                "model: |\n  a\u2028tuples:\n",
                                "tuple_file: none.yaml\n",
                                HEAD + "tuples:\n")));
        Arbitrary<String> tails = Arbitraries.frequencyOf(
                Tuple.of(10, Arbitraries.of("", "tests:\n  - name: x\n", "\n# end\n")),
                Tuple.of(
                        2,
                        Arbitraries.of("tuples:\n", "nmae: x\n", "- x\n", "}\n", "...\n", "'x\n", "\tx\n", "name\n")));
        return Combinators.combine(heads, items(), tails, Arbitraries.of("\n", "\n", "\r\n"))
                .as((head, items, tail, newline) -> (head + "tuples:\n" + items + tail).replace("\n", newline));
    }

    @Provide
    Arbitrary<String> lists() {
        return items().map(items -> "# e\n" + items);
    }

    private static Arbitrary<String> items() {
        Arbitrary<String> users = values("user:alice", "user:*", "group:g#member", "'user:x'", "\"user:y\"");
        Arbitrary<String> relations = values("reader", "can_call", "'reader'");
        Arbitrary<String> objects = values("tool:t", "tool:a/b", "tool:a%3Ab", "tool:x:y", "\"tool:a\"");
        Arbitrary<String> conditions = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.just("")),
                Tuple.of(
                        6,
                        Arbitraries.of(
                                "    condition: {name: weekday, context: {day: 3}}\n",
                                "    condition:\n"
                                        + "      name: weekday\n"
                                        + "      context:\n"
                                        + "        day: 3\n"
                                        + "        at: \"2026-01-01\"\n")),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "    condition:\n",
                                "    condition: {name: weekday\n",
                                "    condition:\n      name: a\n      name: b\n",
                                "    condition:\n      nmae: a\n",
                                "    condition: {name: &a weekday, context: {day: *a}}\n",
                                "    condition: {name: weekday} {\n",
                                "    condition: weekday\n",
                                "    condition:\n      name: |\n       weekday\n      context: {}\n")));
        Arbitrary<String> between = Arbitraries.frequencyOf(
                Tuple.of(80, Arbitraries.just("")),
                Tuple.of(3, Arbitraries.of("\n", "   \n", "# x\n", "      # y\n")),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "\t\n",
                                "    \t# x\n",
                                "---\n",
                                "   x: y\n",
                                "    extra: 1\n",
                                "# \u0007\n",
                                "      z\n",
                                "-\n")));
        Arbitrary<String> item = Combinators.combine(users, relations, objects, conditions, between, between)
                .as((user, relation, object, condition, inside, behind) -> "  - user: " + user + "\n" + inside
                        + "    relation: " + relation + "\n    object: " + object + "\n" + condition + behind);
        return item.list().ofMinSize(1).ofMaxSize(6).map(all -> String.join("", all));
    }

    private static Arbitrary<String> values(String... plain) {
        return Arbitraries.frequencyOf(
                Tuple.of(100, Arbitraries.of(plain)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "true",
                                "null",
                                "Yes",
                                "12",
                                "1e3",
                                "~",
                                "",
                                "''",
                                "user:a b",
                                "user:\u00e9",
                                "user:",
                                "user:x # c",
                                "user:x #",
                                "&a user:z",
                                "*a",
                                "!!str x",
                                "{a: b}",
                                "[x]",
                                "|",
                                ">-",
                                "- x",
                                "user:\talice",
                                "'user:''x'",
                                "\"user:\\x41\"",
                                "'user:x",
                                "\"a\" b",
                                "user:x  ",
                                "a: b",
                                "user:\u0085x",
                                "user:\ud83d\ude00",
                                "%x",
                                "@x",
                                "`x",
                                "=",
                                "a,b",
                                "user:x\ny: z")));
    }

    private static boolean isPlain(String text) {
        return PlainStore.of("store.fga.yaml", text, new YAMLMapper()).isPresent();
    }

    private static List<String> readings(String text) throws IOException {
        Files.writeString(directory.resolve("store.fga.yaml"), text);
        List<String> seen = new ArrayList<>();
        try {
            StoreFileReader.Contents contents = new StoreFileReader()
                    .readOwn(directory.resolve("store.fga.yaml"), new StoreFileReader.Taker() {
                        @Override
                        public void model(ModelText model) {
                            seen.add("model " + model.text());
                        }

                        @Override
                        public void tuple(StoredTuple tuple, StoreFileException.Place place) {
                            seen.add(tuple + " at " + place);
                        }
                    });
            seen.add("name " + contents.name());
        } catch (StoreFileException e) {
            seen.add(e.getMessage());
        }
        return seen.stream()
                .map(each -> each.replace("tuples: #", "tuples:").replace("# \u00e9", "# e"))
                .toList();
    }
}
