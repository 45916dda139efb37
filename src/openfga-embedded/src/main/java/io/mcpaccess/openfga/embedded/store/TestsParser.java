package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonParser;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import io.mcpaccess.openfga.embedded.store.TestedStore.Addition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code tests} of a store file, in the form of OpenFGA's command line. For one file and one thread. */
final class TestsParser {

    private static final List<String> TEST = List.of(
            "name", "description", "tuples", "tuple_file", "tuple_files", "check", "list_objects", "list_users");

    private final TupleParser tokens;
    private final Members members;
    private final StoreFileReader.TupleFiles files;
    private final AssertionParser questions;

    /**
     * A parser.
     *
     * @param in stands at the value of {@code tests}
     * @param tokens reads from it
     * @param files reads the files of tuples that a test names
     */
    TestsParser(JsonParser in, TupleParser tokens, StoreFileReader.TupleFiles files) {
        this.tokens = tokens;
        this.files = files;
        this.members = new Members(in, tokens);
        this.questions = new AssertionParser(tokens, members);
    }

    List<WrittenTest> read() throws IOException {
        List<WrittenTest> tests = new ArrayList<>();
        members.list("tests is a list of tests", () -> tests.add(test(tests.size() + 1)));
        return tests;
    }

    private WrittenTest test(int number) throws IOException {
        Place place = tokens.place();
        List<String> texts = new ArrayList<>(List.of("test " + number, ""));
        List<Addition> tuples = new ArrayList<>();
        TupleParser.Sink addition = (tuple, where) -> tuples.add(new Addition(tuple, where));
        List<Assertion> assertions = new ArrayList<>();
        members.known("a test", TEST, (name, where) -> {
            switch (name) {
                case "name" -> texts.set(0, tokens.text("the name of a test"));
                case "description" -> texts.set(1, tokens.isNothing() ? "" : tokens.text(name));
                case "tuples" -> tokens.list(addition);
                case "tuple_file" -> files.read(where, tokens.text(name), addition);
                case "tuple_files" ->
                    members.list(
                            "tuple_files is a list of file names",
                            () -> files.read(where, tokens.text("the name of a tuple file"), addition));
                case "check" -> members.list("check is a list of checks", () -> questions.check(assertions));
                case "list_objects" ->
                    members.list("list_objects is a list of searches", () -> questions.objects(assertions));
                default -> members.list("list_users is a list of searches", () -> questions.users(assertions));
            }
        });
        if (assertions.isEmpty()) {
            throw new StoreFileException(
                    place,
                    "the test \"" + texts.get(0)
                            + "\" expects nothing; give it check, list_objects or list_users with assertions");
        }
        return new WrittenTest(texts.get(0), texts.get(1), place, tuples, assertions);
    }
}
